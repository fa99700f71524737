public import Access
public import DeskCommands
public import Determinism
import Synchronization
public import Telemetry

/// The gate of a home: its keys, its browser sessions, and the terminals of this machine.
public final class AccessGate: Gate {
    private let store: AccessStore
    private let local: @Sendable () -> LocalToken?
    private let log: Log
    private let rates: Mutex<RateLimiter>
    private let failures = Mutex(FailureLimit())

    /// A gate over what a home keeps; `local` is what terminals of this machine prove themselves with.
    public init(
        _ store: AccessStore, rates: RateLimiter = RateLimiter(), log: Log,
        local: @escaping @Sendable () -> LocalToken? = { nil }
    ) {
        self.store = store
        self.local = local
        self.log = log
        self.rates = Mutex(rates)
    }

    public var hasKeys: Bool {
        asking(false) { try store.keyBook.hasKeys() }
    }

    public func caller(key: String, person: String?, at time: Timestamp) -> Caller? {
        if key.hasPrefix("local_") {
            guard let token = local(), token.matches(key) else { return nil }
            return token.caller(named: AccessGate.name(person))
        }
        return asking(nil) { try store.keyBook.caller(of: key, through: .rest) }
    }

    public func session(cookie: String, at time: Timestamp) -> OpenSession? {
        asking(nil) { try store.sessionBook.session(of: cookie).map(OpenSession.init) }
    }

    public func redeem(login token: String, at time: Timestamp) async -> OpenSession? {
        asking(nil) { try store.sessionBook.redeem(token).map(OpenSession.init) }
    }

    public func end(_ session: OpenSession) async {
        _ = asking(false) { try store.sessionBook.revoke(session.id) }
    }

    public func take(_ bucket: String, at time: Timestamp) -> RateState {
        let standing = rates.withLock { $0.take(bucket, at: time) }
        return RateState(
            isAllowed: standing.isAllowed, limit: standing.limit, remaining: standing.remaining,
            reset: AccessGate.seconds(standing.reset), wait: AccessGate.seconds(standing.wait))
    }

    public func wait(of peer: String, at time: Timestamp) -> Duration? {
        failures.withLock { $0.wait(of: peer, at: time) }
    }

    public func failed(_ peer: String, at time: Timestamp) {
        failures.withLock { $0.failed(peer, at: time) }
    }

    public func record(_ entry: AccessEntry) async {
        asking(()) { try store.ledger.record(entry, answer: nil, for: nil) }
    }

    /// What a question to the store gives; where it cannot be asked, nobody is let in and the log has why.
    private func asking<Answer>(_ otherwise: Answer, _ question: () throws -> Answer) -> Answer {
        do {
            return try question()
        } catch {
            log.error("the record of access cannot be asked", ["error": LogValue("\(error)")])
            return otherwise
        }
    }

    private static func name(_ person: String?) -> String {
        let plain = (person ?? "").unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(60)
        return plain.isEmpty ? "local" : String(String.UnicodeScalarView(plain))
    }

    private static func seconds(_ duration: Duration) -> Int { Int((duration / .seconds(1)).rounded(.up)) }
}

extension OpenSession {
    fileprivate init(_ session: BrowserSession) {
        self.init(
            id: session.description.id, cookie: session.token, caller: session.caller, csrf: session.changeToken,
            expires: session.description.expires)
    }
}
