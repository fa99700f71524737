public import DeskCommands
public import Determinism

/// Who may come in, as the server asks for every request.
///
/// What is not `async` is asked on the server's thread: it must answer from memory, and it must not block.
public protocol Gate: Sendable {
    /// Whether there is any key.
    var hasKeys: Bool { get }

    /// Who holds a key; nil where nobody does now. `person` is what a terminal of this machine says who sits there.
    func caller(key: String, person: String?, at time: Timestamp) -> Caller?

    /// A browser's session; nil where there is none now.
    func session(cookie: String, at time: Timestamp) -> OpenSession?

    /// Begins a session with a token that works once; nil where it does not.
    func redeem(login token: String, at time: Timestamp) async -> OpenSession?

    /// Ends a session.
    func end(_ session: OpenSession) async

    /// Counts one call against what is allowed under a name.
    func take(_ bucket: String, at time: Timestamp) -> RateState

    /// How long an address must wait that guessed too often; nil where it may try.
    func wait(of peer: String, at time: Timestamp) -> Duration?

    /// Counts a guess.
    func failed(_ peer: String, at time: Timestamp)

    /// Puts a refusal at the door on the record of access.
    func record(_ entry: AccessEntry) async
}

/// A session of a browser that a person opened.
public struct OpenSession: Sendable, Hashable {
    /// Its name, which is no secret.
    public let id: String
    /// What the browser keeps.
    public let cookie: String
    /// Who it is.
    public let caller: Caller
    /// What the browser sends with every write.
    public let csrf: String
    /// When it ends.
    public let expires: Timestamp

    /// A session.
    public init(id: String, cookie: String, caller: Caller, csrf: String, expires: Timestamp) {
        self.id = id
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
    /// Until all calls are left again, in seconds.
    public let reset: Int
    /// Until the next call is allowed, in seconds.
    public let wait: Int

    /// A state.
    public init(isAllowed: Bool, limit: Int, remaining: Int, reset: Int, wait: Int) {
        self.isAllowed = isAllowed
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
        self.wait = wait
    }
}
