import DeskCommands
import Determinism
import Networking
import Triggers
import WorkflowModel

/// What stands beside the commands: sessions, health, files and messages from outside.
extension RESTFace {
    // MARK: - For everybody

    /// Answers that need no caller.
    func open(_ endpoint: Endpoint, _ parameters: [String: String], _ visit: inout Visit) throws(Problem)
        -> HTTPResponse
    {
        switch endpoint {
        case .live: return RESTFace.health("ok", 200)
        case .ready:
            let word = parts.readiness()
            return RESTFace.health(word, word == "ok" ? 200 : 503)
        case .page: return try page(&visit)
        case .asset:
            visit.isPage = true
            guard let asset = assets.file(parameters["file"] ?? "") else {
                throw Problem(404, "not_found", "The dashboard has no such file.")
            }
            return asset.response(to: visit.request)
        default: throw Problem(404, "not_found", "There is nothing here.")
        }
    }

    private static func health(_ word: String, _ status: Int) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "application/json"],
            body: .bytes(Array(#"{"status":\#(Value.quoted(word))}"#.utf8)))
    }

    /// The dashboard for who has a session, and for others the page that says how to get one.
    private func page(_ visit: inout Visit) throws(Problem) -> HTTPResponse {
        let hasSession = (try? door.visitor(of: visit.request, at: visit.started))?.session != nil
        guard let page = assets.file(hasSession ? "index.html" : "login.html") else {
            throw Problem(404, "not_found", "This build has no dashboard.")
        }
        visit.isPage = true
        return page.response(to: visit.request, vary: "Cookie")
    }

    // MARK: - Sessions

    func sessionAnswer(_ visitor: Visitor, _ visit: Visit) throws(Problem) -> HTTPResponse {
        let facts = parts.facts()
        let value: Value = [
            "name": .text(visitor.caller.name), "role": .text(visitor.caller.role.rawValue),
            "face": .text(visitor.caller.face.rawValue),
            "tier": visitor.caller.tier.map { .text($0.rawValue) } ?? .null,
            "csrf": visitor.session.map { .text($0.csrf) } ?? .null,
            "expires_at": visitor.session.map { .text("\($0.expires)") } ?? .null, "mode": .text(facts.mode),
            "simulated": facts.isSimulated.map(Value.boolean) ?? .null, "run": facts.run.map(Value.text) ?? .null,
        ]
        return RESTFace.json(EncodedAnswer(try encoded(value, trace: visit.trace)), for: visit.request)
    }

    func login(_ token: String, _ visit: inout Visit) async throws(Problem) -> HTTPResponse {
        guard visit.request.method == "GET" else {
            throw Problem(405, "invalid", "A session begins with GET.", headers: ["Allow": "GET"])
        }
        try checkPatience(with: visit)
        guard let session = await parts.gate.redeem(login: token, at: visit.started) else {
            parts.gate.failed(visit.request.peer, at: visit.started)
            throw Problem(
                401, "unauthenticated",
                "This link was used, or is too old. Run 'bellwether login' in the terminal for a new one.")
        }
        let seconds = max(0, (session.expires - visit.started).components.seconds)
        return HTTPResponse(
            status: 303, headers: ["Location": "/", "Set-Cookie": cookie(session.cookie, seconds: seconds)])
    }

    func logout(_ visitor: Visitor) async -> HTTPResponse {
        guard let session = visitor.session else { return HTTPResponse(status: 204) }
        await parts.gate.end(session)
        return HTTPResponse(status: 204, headers: ["Set-Cookie": cookie("", seconds: 0)])
    }

    private func cookie(_ value: String, seconds: Int64) -> String {
        let end = isSecure ? "; Secure" : ""
        return "\(Credential.cookieName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict\(end)"
    }

    // MARK: - Messages from outside

    func receive(_ parameters: [String: String], _ visit: inout Visit) async throws(Problem) -> HTTPResponse {
        try takeRate(of: "hook:\(visit.request.peer)", &visit)
        let request = visit.request
        let message = HookMessage(
            workflow: parameters["workflow"] ?? "", trigger: parameters["trigger"] ?? "",
            request: WebhookRequest(
                signature: request.headers["X-Bellwether-Signature"], id: request.headers["Idempotency-Key"],
                body: request.body))
        let outcome: WebhookOutcome?
        do {
            outcome = try await parts.hooks?(message)
        } catch {
            report("a message from outside could not be kept: \(error)", trace: visit.trace)
            throw Problem(
                503, "unavailable", "The message was not taken. Send it again.", headers: ["Retry-After": "5"])
        }
        guard let outcome else { throw Problem(404, "not_found", "There is no such webhook.") }
        return try answer(to: outcome, visit)
    }

    private func answer(to outcome: WebhookOutcome, _ visit: Visit) throws(Problem) -> HTTPResponse {
        let reply = outcome.reply
        guard reply.status < 300 else { throw Problem(reply.status, reply.code, reply.message) }
        let value: Value = [
            "status": .text(reply.code), "id": reply.id.map(Value.text) ?? .null,
            "received_at": reply.received.map { .text("\($0)") } ?? .null,
        ]
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        if case .repeated = outcome { headers["Idempotency-Replayed"] = "true" }
        return HTTPResponse(
            status: reply.status, headers: headers, body: .bytes(try encoded(value, trace: visit.trace)))
    }
}
