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

    /// Whether a text is the change token, in a time that does not tell how much of it is right.
    public func allowsChange(with text: String) -> Bool {
        Digest.of(text.utf8).matches(Digest.of(changeToken.utf8))
    }

    /// Who calls: a person on the dashboard.
    public var caller: Caller { Caller(description.name, description.role, through: .dashboard) }
}
