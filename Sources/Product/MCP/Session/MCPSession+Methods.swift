import DeskCommands
import WorkflowModel

extension MCPSession {
    /// How a request is answered.
    enum Reply {
        /// With this.
        case now(Value)
        /// With what some work comes to.
        case later(Job)
    }

    mutating func answer(
        _ method: String, _ params: [String: Value], _ id: RequestID
    ) throws(RPCError) -> Reply {
        switch method {
        case "ping": return .now([:])
        case "initialize": return .now(try initialise(params))
        default: break
        }
        guard case .open = phase else {
            if method == "server/discover" { throw MCPSession.unknown(method) }
            throw .invalidRequest("the session has not begun; send 'initialize' first")
        }
        switch method {
        case "tools/list": return .now(try tools.page(after: MCPSession.cursor(params)))
        case "tools/call": return .later(try toolCall(params, id))
        case "resources/list": return .later(.listResources(cursor: try MCPSession.cursor(params)))
        case "resources/templates/list": return .now(ResourceCatalog.templates(for: tools))
        case "resources/read": return .later(try resourceRead(params))
        case "prompts/list": return .now(PromptCatalog.list(for: tools))
        case "prompts/get": return .now(try PromptCatalog.get(params, for: tools))
        case "logging/setLevel": return .now(try setLevel(params))
        case "completion/complete": return .later(try completion(params))
        default: throw MCPSession.unknown(method)
        }
    }

    private static func unknown(_ method: String) -> RPCError {
        RPCError(.methodNotFound, "there is no method '\(method.prefix(80))'")
    }

    private static func cursor(_ params: [String: Value]) throws(RPCError) -> String? {
        guard let cursor = params["cursor"], cursor != .null else { return nil }
        guard let text = cursor.text, text.utf8.count <= 1000 else {
            throw .invalidParams("'cursor' must be the text that the page before gave as 'nextCursor'")
        }
        return text
    }

    // MARK: - Greeting

    private mutating func initialise(_ params: [String: Value]) throws(RPCError) -> Value {
        guard phase == .new else { throw .invalidRequest("the session has begun already") }
        guard let asked = params["protocolVersion"]?.text else {
            throw .invalidParams("'protocolVersion' must be text such as \"\(ProtocolVersion.newest.rawValue)\"")
        }
        for name in ["capabilities", "clientInfo"] where params[name].map({ $0.fields == nil }) == true {
            throw .invalidParams("'\(name)' must be an object")
        }
        let version = ProtocolVersion.negotiated(asked)
        phase = .open(version)
        return [
            "protocolVersion": .text(version.rawValue),
            "capabilities": [
                "tools": ["listChanged": false], "resources": ["subscribe": false, "listChanged": false],
                "prompts": ["listChanged": false], "logging": [:], "completions": [:],
            ],
            "serverInfo": ["name": "bellwether", "title": "Bellwether", "version": .text(serverVersion)],
            "instructions": .text(Instructions.text(for: caller, isLive: tools.isLive)),
        ]
    }

    private mutating func setLevel(_ params: [String: Value]) throws(RPCError) -> Value {
        guard let level = params["level"]?.text.flatMap(LogLevel.init(rawValue:)) else {
            let words = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidParams("'level' must be one of \(words)")
        }
        logLevel = level
        return [:]
    }

    // MARK: - Tools and resources

    private func toolCall(_ params: [String: Value], _ id: RequestID) throws(RPCError) -> Job {
        guard let name = params["name"]?.text else { throw .invalidParams("'name' must be the name of a tool") }
        guard let tool = tools.tool(name) else {
            throw .invalidParams("there is no tool '\(name.prefix(80))'; 'tools/list' has those there are")
        }
        let given = params["arguments"] ?? [:]
        guard let arguments = given == .null ? [:] : given.fields else {
            throw .invalidParams("'arguments' must be an object")
        }
        let call = CommandCall(
            tool.command.name, arguments, by: caller,
            idempotencyKey: try tool.command.isQuery ? nil : key(of: params, id))
        guard tools.isOffered(tool) else { return .refuse(call, tools.refusal(of: tool)) }
        let wantsProgress = params["_meta"]?["progressToken"].map { $0 != .null } ?? false
        return .call(ToolCall(tool: tool, call: call, wantsProgress: wantsProgress))
    }

    /// The key that makes a repeated write the same write: the client's, or one made of session and request.
    private func key(of params: [String: Value], _ id: RequestID) throws(RPCError) -> String {
        guard let given = params["_meta"]?["idempotency_key"], given != .null else {
            return IdempotencyKey.derived(of: id.key, in: self.id)
        }
        guard let text = given.text, IdempotencyKey.isAllowed(text) else {
            throw .invalidParams("'_meta.idempotency_key' must have 8 to 128 visible ASCII characters")
        }
        return text
    }

    private func resourceRead(_ params: [String: Value]) throws(RPCError) -> Job {
        guard let uri = params["uri"]?.text else { throw .invalidParams("'uri' must be text") }
        guard let (call, tool) = ResourceCatalog.call(for: uri, tools: tools, caller: caller) else {
            throw RPCError(
                .resourceNotFound, "there is no such resource; 'resources/templates/list' has their forms",
                ["uri": .text(String(uri.prefix(500)))])
        }
        return .read(ResourceRead(uri: uri, call: call, answer: tool.answer))
    }

    private func completion(_ params: [String: Value]) throws(RPCError) -> Job {
        guard let argument = params["argument"], let name = argument["name"]?.text,
            let beginning = argument["value"]?.text, params["ref"]?.fields != nil
        else { throw .invalidParams("'ref' and 'argument' with 'name' and 'value' are needed") }
        return .complete(name: name, beginning: String(beginning.prefix(200)))
    }
}
