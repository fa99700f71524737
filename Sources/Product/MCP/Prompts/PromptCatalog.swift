import DeskCommands
import WorkflowModel

/// Texts that a person picks to begin a piece of work.
enum PromptCatalog {
    /// A text with gaps.
    struct Prompt: Sendable {
        let name: String
        let title: String
        let about: String
        let arguments: [Argument]
        /// What the work needs to be allowed.
        let permission: Permission
        let text: @Sendable ([String: String]) -> String
    }

    /// A gap.
    struct Argument: Sendable {
        let name: String
        let about: String
        var isRequired = true
    }

    /// What `prompts/list` answers.
    static func list(for tools: ToolBox) -> Value {
        let prompts = offered(tools).map { prompt -> Value in
            [
                "name": .text(prompt.name), "title": .text(prompt.title), "description": .text(prompt.about),
                "arguments": .list(
                    prompt.arguments.map {
                        [
                            "name": .text($0.name), "description": .text($0.about),
                            "required": .boolean($0.isRequired),
                        ]
                    }),
            ]
        }
        return ["prompts": .list(prompts)]
    }

    /// What `prompts/get` answers.
    static func get(_ params: [String: Value], for tools: ToolBox) throws(RPCError) -> Value {
        guard let name = params["name"]?.text, let prompt = offered(tools).first(where: { $0.name == name }) else {
            let names = offered(tools).map(\.name).joined(separator: ", ")
            throw .invalidParams("there is no such prompt; there are: \(names)")
        }
        let given = try arguments(params["arguments"], of: prompt)
        return [
            "description": .text(prompt.about),
            "messages": [["role": "user", "content": ["type": "text", "text": .text(prompt.text(given))]]],
        ]
    }

    private static func offered(_ tools: ToolBox) -> [Prompt] {
        all.filter { tools.caller.role.allows($0.permission) }.filter {
            (tools.caller.tier ?? .read).allows($0.permission, isLive: tools.isLive)
        }
    }

    private static func arguments(_ given: Value?, of prompt: Prompt) throws(RPCError) -> [String: String] {
        guard let fields = (given ?? [:]) == .null ? [:] : (given ?? [:]).fields else {
            throw .invalidParams("'arguments' must be an object")
        }
        var texts: [String: String] = [:]
        for (name, value) in fields {
            guard prompt.arguments.contains(where: { $0.name == name }) else {
                throw .invalidParams("'\(name.prefix(80))' is no argument of '\(prompt.name)'")
            }
            guard let text = value.text, text.utf8.count <= 4000 else {
                throw .invalidParams("'\(name)' must be text of at most 4000 bytes")
            }
            texts[name] = text
        }
        if let missing = prompt.arguments.first(where: { $0.isRequired && texts[$0.name]?.isEmpty ?? true }) {
            throw .invalidParams("'\(missing.name)' is missing")
        }
        return texts
    }
}
