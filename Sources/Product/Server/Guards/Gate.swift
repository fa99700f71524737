public import DeskCommands
public import Determinism

/// Who may come in, as the server asks for every request.
///
/// What is not `async` is asked on the server's thread: it must answer from memory, and it must not block.
public protocol Gate: Sendable {
    /// Whether there is any key.
    var hasKeys: Bool { get }

    /// Who holds a key; nil where nobody does now.
    func caller(key: String, at time: Timestamp) -> Caller?

    /// A browser's session; nil where there is none now.
    func session(cookie: String, at time: Timestamp) -> OpenSession?

    /// Begins a session with a token that works once; nil where it does not.
    func redeem(login token: String, at time: Timestamp) async -> OpenSession?

    /// Ends a session.
    func end(session cookie: String) async

    /// Counts one call against what is allowed under a name.
    func take(_ bucket: String, at time: Timestamp) -> RateState
}

/// A session of a browser that a person opened.
public struct OpenSession: Sendable, Hashable {
    /// What the browser keeps.
    public let cookie: String
    /// Who it is.
    public let caller: Caller
    /// What the browser sends with every write.
    public let csrf: String
    /// When it ends.
    public let expires: Timestamp

    /// A session.
    public init(cookie: String, caller: Caller, csrf: String, expires: Timestamp) {
        self.cookie = cookie
        self.caller = caller
        self.csrf = csrf
        self.expires = expires
    }
}

/// How much a caller may still ask.
public struct RateState: Sendable, Hashable {
    /// Whether this call may go on.
    public let isAllowed: Bool
    /// The most calls at once.
    public let limit: Int
    /// How many calls are left now.
    public let remaining: Int
    /// In how many seconds the next call is allowed where none is left, else all of them.
    public let reset: Int

    /// A state.
    public init(isAllowed: Bool, limit: Int, remaining: Int, reset: Int) {
        self.isAllowed = isAllowed
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }
}
