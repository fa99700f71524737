import DeskCommands
import WorkflowModel

/// A command as a model's tool.
struct Tool: Sendable {
    /// What the tool is called.
    let name: String
    /// What it does.
    let command: DeskCommand

    /// A tool of a command; nil where no model may be offered the command.
    init?(_ command: DeskCommand) {
        guard let name = command.tool else { return nil }
        self.name = name
        self.command = command
    }

    /// The tool as `tools/list` shows it.
    var json: Value {
        [
            "name": .text(name), "title": .text(title), "description": .text(description),
            "inputSchema": inputSchema, "outputSchema": outputSchema, "annotations": annotations,
        ]
    }

    /// `order_place` as `Order place`.
    var title: String {
        let words = name.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// What it does, what it changes and who has to agree.
    var description: String {
        ([command.summary + "."] + [effect, confirmation].compactMap(\.self)).joined(separator: " ")
    }

    private var effect: String {
        if changesNothing { return "Reads only." }
        switch command.permission {
        case .read: return "Reads only."
        case .research: return "Changes workflows, queues or backtests; touches no order."
        case .trade: return "Can change orders, positions or the desk's state; costs what trading costs."
        case .administer: return "Changes what the desk or its users may do."
        }
    }

    private var confirmation: String? {
        switch command.confirmation {
        case .never: nil
        case .fromModels: "Waits until a person confirms; no tool can confirm."
        case .when: "May wait until a person confirms; no tool can confirm."
        }
    }

    private var annotations: Value {
        let method = command.route.method
        let destroys = !changesNothing && (command.permission >= .trade || method == .delete || isPurge)
        return [
            "title": .text(title), "readOnlyHint": .boolean(changesNothing), "destructiveHint": .boolean(destroys),
            "idempotentHint": .boolean(changesNothing || method != .post), "openWorldHint": false,
        ]
    }

    /// Whether it only looks; some questions are too long for an address and are posted all the same.
    var changesNothing: Bool { command.isQuery || command.permission == .read }

    private var isPurge: Bool { ["purge", "cancel", "dismiss"].contains { command.name.hasSuffix($0) } }
}

extension Tool {
    /// What it takes, as JSON Schema.
    var inputSchema: Value {
        let properties = command.fields.map { field -> (String, Value) in
            var schema = field.schema.json().fields ?? [:]
            schema["description"] = .text(field.about)
            schema["default"] = field.standard
            return (field.name, .object(schema))
        }
        return [
            "type": "object", "properties": .object(Dictionary(properties) { first, _ in first }),
            "required": .list(command.fields.filter(\.isRequired).map { .text($0.name) }),
            "additionalProperties": false,
        ]
    }

    /// What it answers, as JSON Schema: for what changes something also the request that waits for a person.
    var outputSchema: Value {
        let answer = command.answer.json()
        guard !changesNothing else {
            return .object((answer.fields ?? [:]).merging(["type": "object"]) { _, type in type })
        }
        return ["type": "object", "anyOf": [answer, Tool.waiting]]
    }

    private static let waiting: Value = [
        "type": "object", "properties": ["confirmation": ["type": "object"]], "required": ["confirmation"],
        "description": "Nothing was done yet: a person has to confirm first",
    ]
}
