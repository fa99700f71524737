import DeskCommands
import Networking
import Telemetry
import WorkflowModel

extension RESTFace {
    /// Takes a request through every guard and does what it asks.
    func serve(_ visit: inout Visit) async throws(Problem) -> HTTPResponse {
        try door.checkSite(visit.request, isWrite: visit.isWrite)
        let (route, parameters) = try find(&visit)
        guard let route else { return RESTFace.allowing(parameters["allow"] ?? "") }
        visit.route = route.path
        if case .hook = route.endpoint { return try await receive(parameters, &visit) }
        if case .login = route.endpoint { return try await login(parameters["token"] ?? "", &visit) }
        guard !route.endpoint.isOpen else { return try open(route.endpoint, parameters, &visit) }
        let visitor = try admit(&visit)
        return try await serve(route.endpoint, parameters, visitor, &visit)
    }

    /// The route, or nil and the allowed methods where the caller asks for those.
    private func find(_ visit: inout Visit) throws(Problem) -> (ServedRoute?, [String: String]) {
        if visit.request.path == "*", visit.request.method == "OPTIONS" {
            return (nil, ["allow": "DELETE, GET, HEAD, OPTIONS, PATCH, POST"])
        }
        switch router.match(visit.request.method, visit.request.segments) {
        case .found(let route, let parameters): return (route, parameters)
        case .missing: throw Problem(404, "not_found", "There is nothing here. GET /openapi.json says what there is.")
        case .wrongMethod(let allowed):
            let list = allowed.joined(separator: ", ")
            if visit.request.method == "OPTIONS" { return (nil, ["allow": list]) }
            throw Problem(405, "invalid", "This takes \(list).", headers: ["Allow": list])
        }
    }

    private static func allowing(_ methods: String) -> HTTPResponse {
        HTTPResponse(status: 204, headers: ["Allow": methods])
    }

    /// Lets a caller in: who asks, whether it asks too often, and whether a browser's page asks knowingly.
    private func admit(_ visit: inout Visit) throws(Problem) -> Visitor {
        let visitor = try visitor(of: visit)
        try takeRate(of: visitor.bucket, &visit)
        if visit.isWrite {
            do {
                try door.checkToken(visit.request, of: visitor)
            } catch {
                record(.forbidden, by: visitor.caller, visit)
                throw error
            }
        }
        return visitor
    }

    private func serve(
        _ endpoint: Endpoint, _ parameters: [String: String], _ visitor: Visitor, _ visit: inout Visit
    ) async throws(Problem) -> HTTPResponse {
        switch endpoint {
        case .command(let command): return try await perform(command, parameters, visitor, visit)
        case .session: return try sessionAnswer(visitor, visit)
        case .logout: return await logout(visitor)
        case .metrics:
            return HTTPResponse(
                status: 200, headers: ["Content-Type": MetricText.contentType],
                body: .bytes(Array(metrics.text().utf8)))
        case .openAPI: return RESTFace.json(openAPI, for: visit.request)
        case .mcp: return try await askModelsFace(visitor, visit)
        case .socket:
            throw Problem(426, "invalid", "This takes a WebSocket.", headers: ["Upgrade": "websocket"])
        case .login, .live, .ready, .hook, .page, .asset: return try open(endpoint, parameters, &visit)
        }
    }

    private func askModelsFace(_ visitor: Visitor, _ visit: Visit) async throws(Problem) -> HTTPResponse {
        guard let mcp = parts.mcp else { throw Problem(404, "not_found", "No models are served here.") }
        guard visitor.session == nil else {
            throw Problem(403, "forbidden", "Models come with a key, never with a person's session.")
        }
        let caller = Caller(visitor.caller.name, visitor.caller.role, through: .mcp, tier: visitor.caller.tier)
        return await mcp.answer(visit.request, from: caller, trace: visit.trace)
    }

    // MARK: - Commands

    private func perform(
        _ command: DeskCommand, _ parameters: [String: String], _ visitor: Visitor, _ visit: Visit
    ) async throws(Problem) -> HTTPResponse {
        guard command.isQuery else { return try await write(command, parameters, visitor, visit) }
        let question = AnswerCache.Question(target: visit.request.target, caller: visitor.caller)
        let answer = try await cache.answer(question, route: visit.route, time: parts.time) {
            () async throws(Problem) -> EncodedAnswer in
            let arguments = try ArgumentReader.arguments(of: visit.request, for: command, path: parameters)
            let call = CommandCall(command.name, arguments, by: visitor.caller, trace: visit.trace)
            return EncodedAnswer(try encoded(try await perform(call).value, trace: visit.trace))
        }
        return RESTFace.json(answer, for: visit.request)
    }

    private func write(
        _ command: DeskCommand, _ parameters: [String: String], _ visitor: Visitor, _ visit: Visit
    ) async throws(Problem) -> HTTPResponse {
        let key = try door.idempotencyKey(visit.request, of: visitor)
        let arguments = try ArgumentReader.arguments(of: visit.request, for: command, path: parameters)
        let call = CommandCall(
            command.name, arguments, by: visitor.caller, idempotencyKey: key, trace: visit.trace)
        defer { cache.clear() }
        let answer = try await perform(call)
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        if answer.isRepeated { headers["Idempotency-Replayed"] = "true" }
        let bytes = try encoded(answer.value, trace: visit.trace)
        return HTTPResponse(status: answer.isWaiting ? 202 : 200, headers: headers, body: .bytes(bytes))
    }

    /// Does a call, a question when it is the caller's turn; what breaks inside is told to the log alone.
    func perform(_ call: CommandCall) async throws(Problem) -> CommandAnswer {
        guard commands[call.command]?.isQuery == true else { return try await performed(call) }
        await turns.enter(call.caller.name)
        defer { turns.leave(call.caller.name) }
        guard !Task.isCancelled else { throw Problem(503, "unavailable", "The call was cut off. Ask again.") }
        return try await performed(call)
    }

    private func performed(_ call: CommandCall) async throws(Problem) -> CommandAnswer {
        do {
            return try await parts.commands.perform(call)
        } catch {
            if error.code == .failed { report("\(call.command): \(error.message)", trace: call.trace ?? "") }
            throw Problem(error)
        }
    }

    func encoded(_ value: Value, trace: String) throws(Problem) -> [UInt8] {
        do {
            return try value.json()
        } catch {
            report("an answer cannot be written: \(error)", trace: trace)
            throw Problem(500, "failed", Problem.unexpected)
        }
    }

    func report(_ message: String, trace: String) {
        parts.log.error(message, ["trace": LogValue(trace)])
    }
}
