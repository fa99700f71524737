/// Finds mistakes in the definitions of commands; a test runs it over every command there is.
enum DefinitionCheck {
    /// What is wrong with a command and all below it; empty where nothing is.
    static func problems(of command: Command) -> [String] {
        problems(of: command, path: [command.name], inherited: [])
    }

    private static func problems(of command: Command, path: [String], inherited: [Parameter]) -> [String] {
        let parameters = inherited + command.parameters
        let found = naming(command) + clashes(parameters) + positionals(command) + defaults(command)
        let title = path.joined(separator: " ")
        let below = command.subcommands.flatMap {
            problems(of: $0, path: path + [$0.name], inherited: parameters)
        }
        return found.map { "\(title): \($0)" } + below
    }

    private static func naming(_ command: Command) -> [String] {
        var found: [String] = []
        let names = [command.name] + command.parameters.map(\.name)
        found += names.filter { !isWord($0) }.map { "'\($0)' is no name of letters, digits and dashes" }
        if command.summary.isEmpty || command.summary.hasSuffix(".") {
            found.append("the summary is empty or ends in '.'")
        }
        found += command.parameters.filter(\.help.isEmpty).map { "\($0.title) has no help" }
        found += repeated(command.subcommands.map(\.name)).map { "two commands '\($0)'" }
        if command.action == nil, command.subcommands.isEmpty { found.append("it does nothing") }
        if command.action != nil, command.examples.isEmpty { found.append("it has no example") }
        return found
    }

    private static func clashes(_ parameters: [Parameter]) -> [String] {
        let taken = [Character("h")] + parameters.compactMap(\.short)
        return repeated(parameters.map(\.key) + ["--help"]).map { "\($0) is declared twice" }
            + repeated(taken.map(String.init)).map { "-\($0) is declared twice" }
    }

    private static func positionals(_ command: Command) -> [String] {
        let all = command.parameters.filter { $0.form == .positional }
        var found: [String] = []
        if command.action == nil, !all.isEmpty { found.append("a group takes no values by place") }
        if all.dropLast().contains(where: \.isRepeating) { found.append("only the last value by place may repeat") }
        if zip(all, all.dropFirst()).contains(where: { !$0.isRequired && $1.isRequired }) {
            found.append("a required value follows an optional one")
        }
        return found
    }

    /// A default must be a value that the option itself takes.
    private static func defaults(_ command: Command) -> [String] {
        command.parameters.compactMap { parameter in
            guard let text = parameter.defaultText, (try? parameter.read(text)) == nil else { return nil }
            return "\(parameter.title) does not take its own default '\(text)'"
        }
    }

    private static func isWord(_ name: String) -> Bool {
        guard let first = name.first, first.isLetter else { return false }
        return name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private static func repeated(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }
    }
}
