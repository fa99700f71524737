import Determinism
import Storage
import Synchronization

/// What was read from the tables lately, by a name; dropped when anything is revoked, by this process or another.
final class RevocableCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var values: [Key: Value] = [:]
        var uses: [Key: Timestamp] = [:]
        var unwritten: Set<Key> = []
        var revocations: Int64?
        var checked: Timestamp?
    }

    private let database: Database
    private let limit: Int
    private let state = Mutex(State())
    /// How long another process's revocation may go unnoticed.
    private static var patience: Duration { .seconds(1) }

    init(_ database: Database, limit: Int) {
        self.database = database
        self.limit = limit
    }

    /// What is known under a name, else what `read` finds; nothing is remembered of names that do not exist.
    func value(
        _ key: Key, at now: Timestamp, read: (borrowing Transaction) throws -> Value?
    ) throws -> Value? {
        try dropWhenRevoked(at: now)
        if let value = state.withLock({ $0.values[key] }) { return value }
        let (found, revocations) = try database.read { transaction in
            (try read(transaction), try AccessTables.revocations(transaction))
        }
        guard let found else { return nil }
        state.withLock { state in
            // What was read before a revocation that is known by now must not come back.
            guard state.revocations == revocations else { return }
            if state.values.count >= limit { state.values.removeAll() }
            state.values[key] = found
        }
        return found
    }

    /// Reads again, before the next answer, whether anything was revoked.
    func checkAgain() {
        state.withLock { $0.checked = nil }
    }

    /// When a name was used last; nil where that is not known here.
    func lastUse(_ key: Key) -> Timestamp? {
        state.withLock { $0.uses[key] }
    }

    /// Notes a use; written to the tables when uses are taken.
    func noteUse(_ key: Key, at now: Timestamp) {
        state.withLock { state in
            if state.uses.count >= limit, state.uses[key] == nil {
                state.uses.removeAll()
                state.values.removeAll()
            }
            state.uses[key] = now
            state.unwritten.insert(key)
        }
    }

    /// The last use of each name that was used since uses were taken before.
    func takeUses() -> [(key: Key, time: Timestamp)] {
        state.withLock { state in
            defer { state.unwritten.removeAll() }
            return state.unwritten.compactMap { key in state.uses[key].map { (key, $0) } }
        }
    }

    private func dropWhenRevoked(at now: Timestamp) throws {
        let isDue = state.withLock { state in
            guard let checked = state.checked else { return true }
            return now < checked || now - checked >= Self.patience
        }
        guard isDue else { return }
        let revocations = try database.read { try AccessTables.revocations($0) }
        state.withLock { state in
            if state.revocations != revocations { state.values.removeAll() }
            state.revocations = revocations
            state.checked = now
        }
    }
}
