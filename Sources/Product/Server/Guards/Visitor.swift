import DeskCommands
import Determinism
import Networking

/// Somebody who was let in.
struct Visitor: Sendable {
    let caller: Caller
    /// The session of a browser; nil for a key.
    let session: OpenSession?
    let credential: Credential

    /// The name under which calls are counted.
    var bucket: String { "\(session == nil ? "key" : "session"):\(caller.name)" }

    /// Whether they would still be let in.
    func isStillWelcome(at gate: any Gate, _ time: Timestamp) -> Bool {
        switch credential {
        case .key(let key): gate.caller(key: key, person: caller.name, at: time) != nil
        case .session(let cookie): gate.session(cookie: cookie, at: time) != nil
        case .none, .unreadable: false
        }
    }
}

/// The questions that are asked of every request before anything is done, in their order.
struct Doorkeeper: Sendable {
    let site: SiteGuard
    let gate: any Gate

    /// Refuses requests that a browser was tricked into.
    func checkSite(_ request: HTTPRequest, isWrite: Bool) throws(Problem) {
        guard site.knowsHost(of: request) else {
            throw Problem(
                421, "misdirected",
                "This server does not go by that name. Use its address, or configure the name as an allowed host.")
        }
        guard !isWrite || site.knowsOrigin(of: request) else {
            throw Problem(403, "forbidden", "Pages of other sites may not write here.")
        }
    }

    /// Who asks; throws where nobody is known to.
    func visitor(of request: HTTPRequest, at time: Timestamp) throws(Problem) -> Visitor {
        let credential = Credential(of: request)
        switch credential {
        case .none: throw Doorkeeper.unknown("Say who asks: send 'Authorization: Bearer bw_…' with an API key.")
        case .unreadable(let message): throw Doorkeeper.unknown(message)
        case .key(let key):
            let person = request.headers["Bellwether-Person"]
            guard let caller = gate.caller(key: key, person: person, at: time) else {
                throw Doorkeeper.unknown("The key is not known, has expired or was revoked.")
            }
            return Visitor(caller: try lowered(caller, by: request), session: nil, credential: credential)
        case .session(let cookie):
            guard let session = gate.session(cookie: cookie, at: time) else {
                throw Doorkeeper.unknown("The session has ended. Run 'bellwether login' for a new one.")
            }
            return Visitor(caller: try lowered(session.caller, by: request), session: session, credential: credential)
        }
    }

    /// The caller, or, where the request says that a model speaks, the model under that tier, which never raises one.
    private func lowered(_ caller: Caller, by request: HTTPRequest) throws(Problem) -> Caller {
        let words = request.headers.all("Bellwether-Tier")
        guard let word = words.first else { return caller }
        guard words.count == 1, let tier = Tier(rawValue: word) else {
            throw Problem(
                400, "invalid", "Bellwether-Tier must be \(Tier.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let order = Tier.allCases
        let lower = order.first { $0 == tier || $0 == caller.tier } ?? .read
        return Caller(caller.name, caller.role, through: .mcp, tier: lower)
    }

    /// Refuses a write by session that does not come with the session's token.
    func checkToken(_ request: HTTPRequest, of visitor: Visitor) throws(Problem) {
        guard let session = visitor.session else { return }
        guard let token = request.headers["X-CSRF-Token"], Doorkeeper.same(token, session.csrf) else {
            throw Problem(403, "forbidden", "Send the token of GET /api/session in the header X-CSRF-Token.")
        }
    }

    /// What makes a repeated write the same write; required from keys.
    func idempotencyKey(_ request: HTTPRequest, of visitor: Visitor) throws(Problem) -> String? {
        let keys = request.headers.all("Idempotency-Key")
        guard let key = keys.first else {
            guard visitor.session != nil else {
                throw Problem(
                    400, "invalid",
                    "Writes need an Idempotency-Key: 8 to 128 visible ASCII characters, new for each new write.")
            }
            return nil
        }
        guard keys.count == 1, CallKey.allows(key) else {
            throw Problem(400, "invalid", "The Idempotency-Key must be 8 to 128 visible ASCII characters, given once.")
        }
        return key
    }

    static func unknown(_ message: String) -> Problem {
        Problem(401, "unauthenticated", message, headers: ["WWW-Authenticate": #"Bearer realm="bellwether""#])
    }

    /// Compares without telling by its time how much is the same.
    private static func same(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
