public import DeskCommands
public import Determinism
public import Networking
import WorkflowModel

/// The protocol over HTTP: `POST`, `GET` and `DELETE` of one path, for callers that the server knows already.
///
/// Host, Origin and key are checked before. A session belongs to the caller who began it: for everybody else, and once
/// the caller's role or tier is another one, it is unknown.
public actor MCPEndpoint {
    struct Session {
        let caller: Caller
        let connection: MCPConnection
        let outlet: HTTPOutlet
        let version: String
        var lastUsed: Timestamp
    }

    /// The most sessions, of all callers and of one.
    static let mostSessions = 100
    static let mostSessionsOfOne = 20
    /// How long a session is kept that nobody uses.
    static let patience = Duration.seconds(30 * 60)

    private let services: MCPServices
    private let makeID: @Sendable () -> String
    private var sessions: [String: Session] = [:]

    /// An endpoint without sessions; `makeID` gives names that nobody can guess.
    public init(
        services: MCPServices, makeID: @escaping @Sendable () -> String = { RandomBytes.hexadecimal(16) }
    ) {
        self.services = services
        self.makeID = makeID
    }

    /// How many sessions there are.
    var countOfSessions: Int { sessions.count }

    /// Answers a request of a caller.
    public func answer(_ request: HTTPRequest, by caller: Caller) async -> HTTPResponse {
        sweep()
        switch request.method {
        case "POST": return await post(request, caller)
        case "GET": return get(request, caller)
        case "DELETE": return await delete(request, caller)
        default:
            var response = MCPAnswer.refusal(405, .invalidRequest("use POST, GET or DELETE"))
            response.headers["Allow"] = "POST, GET, DELETE"
            return response
        }
    }

    /// Ends all sessions, for a server that stops.
    public func close() async {
        for id in Array(sessions.keys) { await end(id) }
    }

    // MARK: - Methods

    private func post(_ request: HTTPRequest, _ caller: Caller) async -> HTTPResponse {
        if let refusal = MCPAnswer.wrongPost(request) { return refusal }
        let message: RPCMessage
        switch RPCMessage.read(request.body) {
        case .failure(let fault): return MCPAnswer.refusal(400, fault.error, to: fault.id)
        case .success(let read): message = read
        }
        if case .request(let id, "initialize", _) = message, request.headers[MCPAnswer.sessionHeader] == nil {
            return await begin(request, id, caller)
        }
        switch find(request, caller) {
        case .failure(let refusal): return refusal.response
        case .success(let session): return await pass(message, request, to: session)
        }
    }

    private func pass(_ message: RPCMessage, _ request: HTTPRequest, to session: Session) async -> HTTPResponse {
        guard case .request(let id, _, let params) = message else {
            await session.connection.receive(request.body)
            return HTTPResponse(status: 202)
        }
        let wantsProgress = params["_meta"]?["progressToken"].map { $0 != .null } ?? false
        if wantsProgress, MCPAnswer.accepts("text/event-stream", request) {
            guard let stream = session.outlet.stream(for: id) else { return MCPAnswer.idInUse(id) }
            await session.connection.receive(request.body)
            return MCPAnswer.events(stream)
        }
        guard let slot = session.outlet.slot(for: id) else { return MCPAnswer.idInUse(id) }
        await session.connection.receive(request.body)
        guard let answer = await slot.wait() else {
            return MCPAnswer.refusal(503, RPCError(.failed, "the session ended before there was an answer"), to: id)
        }
        return MCPAnswer.json(answer)
    }

    private func get(_ request: HTTPRequest, _ caller: Caller) -> HTTPResponse {
        guard MCPAnswer.accepts("text/event-stream", request, isNamed: true) else {
            return MCPAnswer.refusal(406, .invalidRequest("a GET must accept text/event-stream"))
        }
        switch find(request, caller) {
        case .failure(let refusal): return refusal.response
        case .success(let session):
            guard let last = request.headers["Last-Event-ID"], !last.isEmpty else {
                return MCPAnswer.events(session.outlet.generalStream())
            }
            guard let stream = EventStore.Name(last).flatMap(session.outlet.resumed(after:)) else {
                return MCPAnswer.refusal(400, .invalidRequest("Last-Event-ID names no event of this session"))
            }
            return MCPAnswer.events(stream)
        }
    }

    private func delete(_ request: HTTPRequest, _ caller: Caller) async -> HTTPResponse {
        switch find(request, caller) {
        case .failure(let refusal): return refusal.response
        case .success:
            await end(request.headers[MCPAnswer.sessionHeader] ?? "")
            return HTTPResponse(status: 204)
        }
    }

    // MARK: - Sessions

    private func begin(_ request: HTTPRequest, _ id: RequestID, _ caller: Caller) async -> HTTPResponse {
        guard await makeRoom(for: caller) else {
            var full = MCPAnswer.refusal(503, RPCError(.failed, "too many sessions are open; end one first"), to: id)
            full.headers["Retry-After"] = "60"
            return full
        }
        let name = makeID()
        let outlet = HTTPOutlet()
        let connection = MCPConnection(id: name, caller: caller, services: services, outlet: outlet)
        guard let slot = outlet.slot(for: id) else { return MCPAnswer.idInUse(id) }
        await connection.receive(request.body)
        let answer = await slot.wait() ?? []
        guard let version = MCPAnswer.version(in: answer) else { return MCPAnswer.json(answer, status: 400) }
        sessions[name] = Session(
            caller: caller, connection: connection, outlet: outlet, version: version, lastUsed: services.time.now)
        var response = MCPAnswer.json(answer)
        response.headers["Mcp-Session-Id"] = name
        return response
    }

    private struct Refusal: Error {
        let response: HTTPResponse
    }

    private func find(_ request: HTTPRequest, _ caller: Caller) -> Result<Session, Refusal> {
        if let wrong = MCPAnswer.wrongVersion(request) { return .failure(Refusal(response: wrong)) }
        guard let name = request.headers[MCPAnswer.sessionHeader] else {
            return .failure(
                Refusal(response: MCPAnswer.refusal(400, .invalidRequest("the header Mcp-Session-Id is missing"))))
        }
        guard let session = sessions[name], session.caller == caller else {
            return .failure(
                Refusal(
                    response: MCPAnswer.refusal(
                        404, .invalidRequest("there is no such session; begin with 'initialize'"))))
        }
        sessions[name]?.lastUsed = services.time.now
        return .success(session)
    }

    private func end(_ id: String) async {
        guard let session = sessions.removeValue(forKey: id) else { return }
        await session.connection.close()
        session.outlet.endAll()
    }

    /// Forgets sessions that nobody used for long.
    private func sweep() {
        let now = services.time.now
        for (id, session) in sessions
        where session.outlet.isQuiet && now - session.lastUsed > MCPEndpoint.patience {
            sessions[id] = nil
        }
    }

    /// Ends the sessions that were quiet longest until there is room; false where none is quiet.
    private func makeRoom(for caller: Caller) async -> Bool {
        while true {
            let own = sessions.filter { $0.value.caller == caller }
            let isFull = sessions.count >= MCPEndpoint.mostSessions
            guard isFull || own.count >= MCPEndpoint.mostSessionsOfOne else { return true }
            let quiet = (own.isEmpty ? sessions : own).filter(\.value.outlet.isQuiet)
            guard let oldest = quiet.min(by: { ($0.value.lastUsed, $0.key) < ($1.value.lastUsed, $1.key) }) else {
                return false
            }
            await end(oldest.key)
        }
    }
}
