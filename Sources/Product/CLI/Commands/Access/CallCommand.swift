import Configuration
import DeskCommands
import WorkflowModel

/// `bellwether call`: any command of the desk by its name.
enum CallCommand {
    private static let name = Argument.positional("command", .text("COMMAND"), "Such as portfolio or orders.list")
    private static let words = Argument.repeatedPositional(
        "arguments", .text("NAME=VALUE"), isRequired: false, "Fields of the command")
    private static let key = Argument<String?>.option(
        "key", .text("KEY"), "Makes a repeated call the same call: it is done once and answered alike")

    static let command = Command(
        "call", "Ask for any command of the desk, as programs do, and print its answer",
        discussion: """
            The running desk is asked where one serves the home, else what is stored there. Texts are given as they are, \
            lists separated by commas, objects as JSON. The commands are those of /openapi.json.
            """,
        takes: [name.parameter, words.parameter, key.parameter],
        examples: [
            .init("bellwether call access.log limit=5 outcome=refused", "The latest refusals"),
            .init("bellwether call orders.place symbol=ACME side=buy quantity=10 reason=test", "An order"),
        ]
    ) { call in
        let wanted = try call.arguments[name]
        guard let command = CommandCatalog.command(wanted) else { throw unknown(wanted) }
        let arguments = try CallWords.arguments(try call.arguments[words], for: command)
        let answer = try await DeskCalls(call).ask(wanted, arguments, key: try call.arguments[key])
        try call.console.isJSON
            ? call.console.print(JSONValue(answer.value)) : call.console.print(PrettyJSON.text(answer.value))
        if answer.isWaiting { call.console.note("nothing was done yet: it waits for a person, see 'confirmations'") }
        return .done
    }

    private static func unknown(_ name: String) -> UsageError {
        let names = CommandCatalog.commands.map(\.name)
        let hint = Spelling.nearest(to: name, among: names).map { ", did you mean '\($0)'?" }
        return UsageError(
            "there is no command '\(name.escapingControls)'\(hint ?? "; there are: \(names.joined(separator: ", "))")")
    }
}

/// Reads `name=value` words as the fields of a command want them.
enum CallWords {
    static func arguments(_ words: [String], for command: DeskCommand) throws(UsageError) -> [String: Value] {
        var arguments: [String: Value] = [:]
        for word in words {
            guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
                throw UsageError("'\(word.escapingControls)' is no field; allowed: NAME=VALUE")
            }
            let name = String(word[..<equals])
            guard arguments[name] == nil else { throw UsageError("the field '\(name)' is given twice; allowed: once") }
            let schema = command.fields.first { $0.name == name }?.schema ?? .text
            arguments[name] = value(String(word[word.index(after: equals)...]), schema)
        }
        return arguments
    }

    /// The value that a text spells for a schema; where it spells none, the text itself, which the check then tells of.
    static func value(_ text: String, _ schema: ValueSchema) -> Value {
        switch schema {
        case .text: .text(text)
        case .nullable(let inner): text == "null" ? .null : value(text, inner)
        case .named(_, let inner): value(text, inner)
        case .list(let element, _) where !text.hasPrefix("["):
            .list(text.split(separator: ",").map { value(String($0), element) })
        default: (try? Value(json: Array(text.utf8))) ?? .text(text)
        }
    }
}
