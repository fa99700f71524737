import DeskCommands
import Networking
import WorkflowModel

/// What can be read by an address.
enum ResourceCatalog {
    /// A kind of resource: the first part of its address, and the command that reads one.
    struct Kind: Sendable {
        let host: String
        let command: String
        let title: String
        let about: String
    }

    static let scheme = "bellwether://"
    static let status = "bellwether://status"

    static let kinds = [
        Kind(host: "status", command: "status", title: "Status", about: "How the desk stands"),
        Kind(
            host: "workflows", command: "workflows.show", title: "Workflow",
            about: "A workflow: its definition, its runs and what waits"),
        Kind(host: "runs", command: "runs.show", title: "Workflow run", about: "A run of a workflow, task by task"),
        Kind(
            host: "backtests", command: "backtests.show", title: "Backtest",
            about: "A backtest's figures, equity and trades"),
        Kind(
            host: "decisions", command: "decisions.show", title: "Decision",
            about: "A decision with the whole way from its trigger to its fills"),
    ]

    /// What `resources/templates/list` answers.
    static func templates(for tools: ToolBox) -> Value {
        let templates = kinds.compactMap { kind -> Value? in
            guard let command = tools.commands[kind.command], tools.allows(command),
                let field = command.route.parameters.first
            else { return nil }
            return [
                "uriTemplate": .text("\(scheme)\(kind.host)/{\(field)}"), "name": .text(kind.host),
                "title": .text(kind.title), "description": .text(kind.about), "mimeType": "application/json",
            ]
        }
        return ["resourceTemplates": .list(templates)]
    }

    /// The call that reads an address; nil where it is none of a resource that the caller may read.
    static func call(for uri: String, tools: ToolBox, caller: Caller) -> (CommandCall, DeskCommand)? {
        guard uri.hasPrefix(scheme), uri.utf8.count <= 500 else { return nil }
        let parts = uri.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard let kind = kinds.first(where: { $0.host == parts[0] }), let command = tools.commands[kind.command],
            tools.allows(command)
        else { return nil }
        let names = command.route.parameters
        guard parts.count == names.count + 1 else { return nil }
        var arguments: [String: Value] = [:]
        for (name, part) in zip(names, parts.dropFirst()) {
            guard let text = PercentCoding.decode(part, plusIsSpace: false), !text.isEmpty else { return nil }
            arguments[name] = argument(text, for: command.fields.first { $0.name == name })
        }
        return (CommandCall(command.name, arguments, by: caller), command)
    }

    private static func argument(_ text: String, for field: FieldDescription?) -> Value {
        guard case .integer? = field?.schema, let number = Int64(text) else { return .text(text) }
        return .integer(number)
    }

    /// The resource of a workflow as `resources/list` shows it.
    static func workflow(_ item: Value) -> Value? {
        guard let name = (item["workflow_id"] ?? item["name"])?.text else { return nil }
        return [
            "uri": .text("\(scheme)workflows/\(PercentCoding.encode(name))"), "name": .text(name),
            "title": .text("Workflow \(name)"), "mimeType": "application/json",
        ]
    }

    /// The desk itself as `resources/list` shows it.
    static let desk: Value = [
        "uri": .text(status), "name": "status", "title": "Status", "description": "How the desk stands",
        "mimeType": "application/json",
    ]
}
