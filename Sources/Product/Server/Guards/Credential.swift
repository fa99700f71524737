import Networking

/// How a request says who asks.
enum Credential: Sendable, Hashable {
    /// Not at all.
    case none
    /// With a key.
    case key(String)
    /// With a browser's session.
    case session(String)
    /// In a way that cannot be read.
    case unreadable(String)

    static let cookieName = "bellwether_session"

    init(of request: HTTPRequest) {
        let authorizations = request.headers.all("Authorization")
        let cookie = Credential.cookie(request.headers)
        guard let authorization = authorizations.first else {
            self = cookie.map(Credential.session) ?? .none
            return
        }
        guard authorizations.count == 1, cookie == nil else {
            self = .unreadable("Say who asks in one way: with one key, or with a session.")
            return
        }
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 200 else {
            self = .unreadable("Send the key as 'Authorization: Bearer bw_…'.")
            return
        }
        self = .key(String(parts[1]))
    }

    private static func cookie(_ headers: HTTPHeaders) -> String? {
        for header in headers.all("Cookie") {
            for part in header.split(separator: ";") {
                let sides = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if sides.count == 2, sides[0] == cookieName { return String(sides[1].prefix(200)) }
            }
        }
        return nil
    }
}
