import Configuration

/// What a command line asks for.
enum Request: Sendable {
    /// Run this command with these values.
    case run(Command, ParsedArguments)
    /// Show the help of the command at this path.
    case help([Command])
    /// Show the version.
    case version
}

/// Reads a command line against a tree of commands; pure.
struct ArgumentParser {
    private let root: Command
    private let environment: [String: String]
    private var path: [Command]
    private var tokens: ArraySlice<String>
    private var values: [String: [any Sendable]] = [:]
    private var origins: [String: Origin] = [:]
    private var places: [String] = []
    private var takesOnlyPlaces = false

    private init(_ root: Command, _ tokens: [String], _ environment: [String: String]) {
        self.root = root
        self.environment = environment
        self.tokens = tokens[...]
        path = [root]
    }

    /// What `tokens`, the words after the program's name, ask for.
    static func parse(
        _ tokens: [String], root: Command, environment: [String: String] = [:]
    ) throws(UsageError) -> Request {
        var parser = ArgumentParser(root, tokens, environment)
        if let request = try parser.special() { return request }
        do throws(UsageError) {
            return try parser.request()
        } catch {
            throw UsageError(error.message, command: error.command.isEmpty ? parser.words : error.command)
        }
    }

    private var command: Command { path[path.count - 1] }
    private var words: [String] { path.map(\.name) }
    private var parameters: [Parameter] { path.flatMap(\.parameters) }

    // MARK: Help and version

    /// `help X Y`, and `--help` or `--version` anywhere, whatever else is wrong.
    private func special() throws(UsageError) -> Request? {
        if tokens.first == "help" {
            return .help(try named(tokens.dropFirst().filter { !$0.hasPrefix("-") }))
        }
        let asked = tokens.prefix { $0 != "--" }
        if asked.contains(where: { $0 == "--help" || $0 == "-h" }) { return .help(leading(asked)) }
        if tokens.first == "--version" { return .version }
        return tokens.isEmpty && command.action == nil ? .help([root]) : nil
    }

    private func named(_ words: [String]) throws(UsageError) -> [Command] {
        var path = [root]
        for word in words {
            guard let next = path[path.count - 1].subcommand(word) else {
                throw unknownCommand(word, in: path)
            }
            path.append(next)
        }
        return path
    }

    /// The deepest command that the words name, options skipped.
    private func leading(_ tokens: ArraySlice<String>) -> [Command] {
        var path = [root]
        for word in tokens {
            if let next = path[path.count - 1].subcommand(word) { path.append(next) }
        }
        return path
    }

    private func unknownCommand(_ word: String, in path: [Command]) -> UsageError {
        let group = path[path.count - 1]
        let names = group.subcommands.filter { !$0.isHidden }.map(\.name)
        let hint = Spelling.nearest(to: word, among: names).map { ", did you mean '\($0)'?" }
        let words = path.map(\.name)
        let title = "unknown command '\((words.dropFirst() + [word]).joined(separator: " ").escapingControls)'"
        let allowed = path.count > 1 ? "; allowed: \(names.joined(separator: ", "))" : ""
        return UsageError(title + (hint ?? allowed), command: words)
    }

    // MARK: Reading

    private mutating func request() throws(UsageError) -> Request {
        while let token = tokens.popFirst() { try accept(token) }
        guard command.action != nil else {
            let names = command.subcommands.filter { !$0.isHidden }.map(\.name).joined(separator: ", ")
            throw UsageError("'\(words.joined(separator: " "))' needs a command; allowed: \(names)")
        }
        try place()
        try fillFromEnvironment()
        try checkComplete()
        return .run(command, ParsedArguments(commandPath: words, values: values, origins: origins))
    }

    private mutating func accept(_ token: String) throws(UsageError) {
        if takesOnlyPlaces || token == "-" || !token.hasPrefix("-") || isNegativeNumber(token) {
            try acceptWord(token)
        } else if token == "--" {
            takesOnlyPlaces = true
        } else if token.hasPrefix("--") {
            try acceptLong(token)
        } else {
            try acceptShort(token)
        }
    }

    private mutating func acceptWord(_ word: String) throws(UsageError) {
        guard command.action == nil else {
            places.append(word)
            return
        }
        guard let next = command.subcommand(word) else { throw unknownCommand(word, in: path) }
        path.append(next)
    }

    private mutating func acceptLong(_ token: String) throws(UsageError) {
        let parts = token.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let parameter = parameters.first(where: { $0.form != .positional && $0.name == name }) else {
            throw unknownOption("--\(name)")
        }
        try take(parameter, inline: parts.count > 1 ? String(parts[1]) : nil)
    }

    /// `-m paper`, `-mpaper`, `-m=paper`, and flags together as in `-qv`.
    private mutating func acceptShort(_ token: String) throws(UsageError) {
        var rest = token.dropFirst()
        while let letter = rest.popFirst() {
            guard let parameter = parameters.first(where: { $0.short == letter }) else {
                throw unknownOption("-\(letter)")
            }
            guard parameter.form == .option else {
                try take(parameter, inline: nil)
                continue
            }
            let value = rest.first == "=" ? rest.dropFirst() : rest
            try take(parameter, inline: rest.isEmpty ? nil : String(value))
            return
        }
    }

    private func unknownOption(_ written: String) -> UsageError {
        let names = parameters.filter { $0.form != .positional }.map { "--\($0.name)" } + ["--help"]
        let hint = Spelling.nearest(to: written, among: names).map { ", did you mean '\($0)'?" } ?? ""
        let place = command.action == nil && path.count == 1 ? "" : " for '\(words.joined(separator: " "))'"
        return UsageError("unknown option '\(written.escapingControls)'\(place)\(hint)")
    }

    private mutating func take(_ parameter: Parameter, inline: String?) throws(UsageError) {
        if parameter.form == .flag {
            guard inline == nil else { throw UsageError("\(parameter.title) takes no value") }
            try store(parameter, "", .option("--\(parameter.name)"))
            return
        }
        guard parameter.isRepeating || values[parameter.key] == nil else {
            throw UsageError("\(parameter.title) is given twice; allowed: once")
        }
        let found = if let inline { Optional(inline) } else { try following(parameter) }
        guard let text = found else {
            throw UsageError("\(parameter.title) needs a value: --\(parameter.name) \(parameter.valueName)")
        }
        try store(parameter, text, .option("--\(parameter.name)"))
    }

    /// The next word, unless it is an option itself.
    private mutating func following(_ parameter: Parameter) throws(UsageError) -> String? {
        guard let next = tokens.first else { return nil }
        guard next == "-" || !next.hasPrefix("-") || isNegativeNumber(next) else {
            let shown = next.escapingControls
            let way = "write --\(parameter.name)=\(shown) if that is its value"
            throw UsageError("\(parameter.title) needs a value before '\(shown)'; \(way)")
        }
        tokens.removeFirst()
        return next
    }

    private mutating func store(_ parameter: Parameter, _ text: String, _ origin: Origin) throws(UsageError) {
        do throws(ValueProblem) {
            values[parameter.key, default: []].append(try parameter.read(text))
        } catch {
            if case .environment(let name) = origin { throw UsageError("environment \(name): \(error.message)") }
            throw UsageError("\(parameter.title): \(error.message)")
        }
        origins[parameter.key] = origin
    }

    // MARK: Putting together

    /// Gives the values by place to the positionals, in order.
    private mutating func place() throws(UsageError) {
        for parameter in parameters where parameter.form == .positional {
            let count = parameter.isRepeating ? places.count : min(1, places.count)
            for text in places.prefix(count) { try store(parameter, text, .option("<\(parameter.name)>")) }
            places.removeFirst(count)
        }
        guard let extra = places.first else { return }
        throw UsageError("'\(extra.escapingControls)' is one argument too many for '\(words.joined(separator: " "))'")
    }

    private mutating func fillFromEnvironment() throws(UsageError) {
        for parameter in parameters where values[parameter.key] == nil {
            guard let name = parameter.variable, let text = environment[name], !text.isEmpty else { continue }
            try store(parameter, text, .environment(name))
        }
    }

    private mutating func checkComplete() throws(UsageError) {
        for parameter in parameters where values[parameter.key] == nil {
            guard !parameter.isRequired else {
                throw UsageError("\(parameter.title) is missing: \(parameter.help)")
            }
            values[parameter.key] = []
        }
    }

    private func isNegativeNumber(_ token: String) -> Bool {
        guard let second = token.dropFirst().first else { return false }
        return second.isASCII && (second.isNumber || second == ".")
    }
}
