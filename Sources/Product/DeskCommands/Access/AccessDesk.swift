public import Determinism

/// Who may call, as commands see it: keys, browser sessions, calls that wait, and the record of access.
public protocol AccessDesk: Sendable {
    /// The keys that were ever made, newest first.
    func keys() throws -> [KeyDescription]

    /// Makes a key; its text is shown here and never again. Throws where a key in use has the name.
    func createKey(_ wish: KeyWish) throws(CommandProblem) -> (key: KeyDescription, text: String)

    /// Ends a key; false where there is none, or it has ended.
    func revokeKey(_ id: String) throws -> Bool

    /// The browser sessions that are open, newest first.
    func sessions() throws -> [SessionDescription]

    /// Ends a browser session; false where there is none, or it has ended.
    func revokeSession(_ id: String) throws -> Bool

    /// The calls that wait for a person, oldest first.
    func confirmations() throws -> [PendingConfirmation]

    /// Entries of the record of access, newest first.
    func entries(_ query: AccessQuery) throws -> [ChainedAccessEntry]
}

/// A key that somebody wants.
public struct KeyWish: Sendable, Hashable {
    /// What the record calls its holder.
    public var name: String
    /// What the holder may do.
    public var role: Role
    /// How far the holder may go where a model steers it; nil where none does.
    public var tier: Tier?
    /// When it ends; nil for never.
    public var expires: Timestamp?

    /// A wish.
    public init(_ name: String, _ role: Role, tier: Tier? = nil, expires: Timestamp? = nil) {
        self.name = name
        self.role = role
        self.tier = tier
        self.expires = expires
    }
}

/// A key without its secret.
public struct KeyDescription: Sendable, Hashable {
    /// Its name in the key's text.
    public let id: String
    /// What it is for.
    public let wish: KeyWish
    /// When it was made.
    public let created: Timestamp
    /// When it was used last, to the minute; nil where it never was.
    public let lastUsed: Timestamp?
    /// When it was ended; nil where it was not.
    public let revoked: Timestamp?

    /// A key without its secret.
    public init(id: String, wish: KeyWish, created: Timestamp, lastUsed: Timestamp?, revoked: Timestamp?) {
        self.id = id
        self.wish = wish
        self.created = created
        self.lastUsed = lastUsed
        self.revoked = revoked
    }
}

/// A browser that a person opened the dashboard in.
public struct SessionDescription: Sendable, Hashable {
    /// Its name; not what the browser shows to prove itself.
    public let id: String
    /// Who.
    public let name: String
    /// What they are.
    public let role: Role
    /// Since when.
    public let created: Timestamp
    /// When it was used last, to the minute.
    public let lastSeen: Timestamp
    /// When it ends at the latest.
    public let expires: Timestamp

    /// A browser session.
    public init(
        id: String, name: String, role: Role, created: Timestamp, lastSeen: Timestamp, expires: Timestamp
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.created = created
        self.lastSeen = lastSeen
        self.expires = expires
    }
}

/// Which entries of the record of access are wanted.
public struct AccessQuery: Sendable, Hashable {
    /// Only of this caller; nil for all.
    public var caller: String?
    /// Only with this outcome; nil for all.
    public var outcome: AccessEntry.Outcome?
    /// Only entries before this number; nil for the newest.
    public var before: Int64?
    /// The most entries.
    public var limit = 50

    /// All entries, newest first.
    public init() {}
}
