public import DeskCommands
public import Determinism
import Synchronization

/// Who may come in, as a server asks for every request: from memory, but for what was not asked lately.
///
/// What cannot be read lets nobody in and is told to `onFailure`.
public final class AccessDoor: Sendable {
    private let store: AccessStore
    private let local: LocalToken?
    private let person: String
    private let onFailure: @Sendable (any Error) -> Void
    private let rates: Mutex<RateLimiter>
    private let failures = Mutex(FailureLimit())

    /// A door to a store; whoever shows `local` is the person who owns the home, at a terminal.
    public init(
        _ store: AccessStore, local: LocalToken?, person: String, rates: RateLimiter = RateLimiter(),
        onFailure: @escaping @Sendable (any Error) -> Void
    ) {
        self.store = store
        self.local = local
        self.person = person
        self.rates = Mutex(rates)
        self.onFailure = onFailure
    }

    /// Whether any key is in use.
    public var hasKeys: Bool { told { try store.keyBook.hasKeys() } ?? false }

    /// Who holds a key; nil where nobody does now.
    public func caller(key: String, through face: Caller.Face = .rest) -> Caller? {
        if let local, key.hasPrefix("local_") { return local.matches(key) ? local.caller(named: person) : nil }
        return told { try store.keyBook.caller(of: key, through: face) } ?? nil
    }

    /// A browser's session; nil where there is none now.
    public func session(cookie: String) -> BrowserSession? {
        told { try store.sessionBook.session(of: cookie) } ?? nil
    }

    /// Begins a session with a link's token; nil where it does not work.
    public func redeem(_ token: String) -> BrowserSession? {
        told { try store.sessionBook.redeem(token) } ?? nil
    }

    /// Ends the session of a cookie.
    public func end(cookie: String) {
        guard let session = session(cookie: cookie) else { return }
        _ = told { try store.sessionBook.revoke(session.description.id) }
    }

    /// Counts one call against what is allowed under a name.
    public func take(_ name: String, at now: Timestamp) -> RateLimiter.Standing {
        rates.withLock { $0.take(name, at: now) }
    }

    /// Counts a failure to prove oneself; how long the peer must wait, nil where it may try again.
    public func failed(_ peer: String, at now: Timestamp) -> Duration? {
        failures.withLock { failures in
            if let wait = failures.wait(of: peer, at: now) { return wait }
            failures.failed(peer, at: now)
            return nil
        }
    }

    private func told<Result>(_ body: () throws -> Result) -> Result? {
        do { return try body() } catch {
            onFailure(error)
            return nil
        }
    }
}
