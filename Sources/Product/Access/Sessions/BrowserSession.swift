public import DeskCommands
import Storage

/// A browser that proved itself with its cookie.
public struct BrowserSession: Sendable {
    /// Who, and until when.
    public let description: SessionDescription
    /// What the cookie holds.
    public let token: String
    /// What every change must show besides the cookie, which another page cannot read: bound to this session.
    public let changeToken: String

    init(_ stored: StoredSession, _ secret: SecretText) {
        description = stored.description
        token = secret.text
        let bound = Digest.authenticating("bellwether change 1".utf8, key: secret.text.utf8)
        changeToken = SecretText.encoded(bound.bytes)
    }

    /// Who calls: a person on the dashboard.
    public var caller: Caller { Caller(description.name, description.role, through: .dashboard) }
}
