import DeskCommands
import Determinism
import Networking

extension RESTFace {
    static let subprotocol = "bellwether.v1"

    func openWebSocket(_ request: HTTPRequest) -> WebSocketAnswer {
        var visit = begin(request)
        visit.route = "/ws"
        do throws(Problem) {
            guard request.path == "/ws" else { throw Problem(404, "not_found", "The streams are at /ws.") }
            try door.checkSite(request, isWrite: true)
            let visitor = try visitor(of: visit)
            guard visitor.session == nil || request.headers["Origin"] != nil else {
                throw Problem(403, "forbidden", "A browser's session comes with the Origin of its page.")
            }
            try takeRate(of: visitor.bucket, &visit)
            metrics.answered(visit, 101, at: parts.time.now)
            return accept(visitor, request, trace: visit.trace)
        } catch {
            return .refuse(finish(visit, error))
        }
    }

    private func accept(_ visitor: Visitor, _ request: HTTPRequest, trace: String) -> WebSocketAnswer {
        let face: Caller.Face = visitor.session == nil ? .webSocket : .dashboard
        let caller = Caller(visitor.caller.name, visitor.caller.role, through: face, tier: visitor.caller.tier)
        let session = StreamSession(
            streamParts, Visitor(caller: caller, session: visitor.session, credential: visitor.credential), trace: trace
        )
        let offered = request.headers.all("Sec-WebSocket-Protocol").joined(separator: ",").split(separator: ",")
        guard offered.contains(where: { $0.filter { $0 != " " } == RESTFace.subprotocol }) else {
            return .accept(session)
        }
        return .acceptAs(subprotocol: RESTFace.subprotocol, session)
    }

    private var streamParts: StreamParts {
        StreamParts(
            hub: parts.hub, gate: parts.gate, time: parts.time, calls: calls, metrics: metrics, facts: parts.facts,
            commands: commands, perform: { [self] in await outcome(of: $0) })
    }

    private func outcome(of call: CommandCall) async -> Result<CommandAnswer, Problem> {
        defer { if commands[call.command]?.isQuery == false { cache.clear() } }
        do { return .success(try await perform(call)) } catch { return .failure(error) }
    }
}
