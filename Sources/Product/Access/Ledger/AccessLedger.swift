public import DeskCommands
public import Determinism
public import Storage
import Synchronization

/// Repeated calls, calls that wait for a person, and the record of access, in the tables of a home.
///
/// Keys and answers are kept for a day, at most 100,000 of them; confirmations for a day after their time; the record
/// for good.
public struct AccessLedger: CommandLedger {
    static let memory = Duration.seconds(24 * 3600)
    static let mostCalls = 100_000
    static let mostWaiting = 200
    static let mostWaitingOfOne = 20

    private let database: Database
    private let time: any TimeSource
    private let cleaning = Cleaning()

    init(_ database: Database, time: any TimeSource) {
        self.database = database
        self.time = time
    }

    public func begin(
        _ key: CallKey, request: Digest, callID: String, at time: Timestamp
    ) throws -> CallStanding {
        let isDue = cleaning.isDue(at: time)
        return try database.write { transaction in
            if isDue { try clean(at: time, transaction) }
            guard let stored = try LedgerTables.keyedCall(key, transaction), time - stored.began < AccessLedger.memory
            else {
                try LedgerTables.insertKeyedCall(key, request, callID, at: time, transaction)
                return .begun(callID: callID)
            }
            guard stored.request == request else { return .otherRequest }
            return stored.answer.map { .answered($0) } ?? .begun(callID: stored.callID)
        }
    }

    private func clean(at time: Timestamp, _ transaction: borrowing Transaction) throws {
        let earliest = time - AccessLedger.memory
        try LedgerTables.forgetCalls(before: earliest, keeping: AccessLedger.mostCalls, transaction)
        try LedgerTables.forgetConfirmations(before: earliest, transaction)
    }

    public func record(_ entry: AccessEntry, answer: CommandAnswer?, for key: CallKey?) throws {
        try database.write { transaction in
            let head = try LedgerTables.head(transaction) ?? AccessChain.genesis
            try LedgerTables.append(AccessChain.link(entry, after: head), transaction)
            guard let answer, let key else { return }
            try LedgerTables.keep(answer, for: key, transaction)
        }
    }

    // MARK: Confirmations

    public func keep(_ confirmation: PendingConfirmation) throws -> Bool {
        try database.write { transaction in
            let waiting = try LedgerTables.waiting(
                of: confirmation.caller.name, at: confirmation.created, transaction)
            guard waiting.all < AccessLedger.mostWaiting, waiting.own < AccessLedger.mostWaitingOfOne else {
                return false
            }
            try LedgerTables.insert(confirmation, transaction)
            return true
        }
    }

    public func confirmation(_ id: String) throws -> PendingConfirmation? {
        try database.read { try LedgerTables.confirmation(id, $0) }
    }

    public func confirmations(at time: Timestamp) throws -> [PendingConfirmation] {
        try database.read { try LedgerTables.confirmations(at: time, $0) }
    }

    /// The calls that wait now, oldest first.
    public func confirmations() throws -> [PendingConfirmation] { try confirmations(at: time.now) }

    public func settle(
        _ id: String, as settlement: PendingConfirmation.Settlement, at time: Timestamp
    ) throws -> PendingConfirmation? {
        try database.write { transaction in
            guard try LedgerTables.settle(id, as: settlement, at: time, transaction) else { return nil }
            return try LedgerTables.confirmation(id, transaction)
        }
    }

    // MARK: The record

    /// Entries of the record, newest first.
    public func entries(_ query: AccessQuery) throws -> [ChainedAccessEntry] {
        try database.read { try LedgerTables.entries(query, $0) }
    }

    /// Where the chain ends.
    public func head() throws -> AccessHead {
        try database.read { try LedgerTables.head($0) } ?? AccessChain.genesis
    }

    /// Checks the whole chain: its end, or the first entry that was touched. Cost: reads every entry.
    ///
    /// A head that was noted earlier also finds a record that was rewritten from some entry on.
    public func verify(expecting noted: AccessHead? = nil) throws -> AccessVerification {
        try AccessVerification(head: head(), noted: noted) { first in
            try database.read { try LedgerTables.entries(from: first, limit: 512, $0) }
        }
    }

    /// Says once a minute that old calls are to be forgotten.
    private final class Cleaning: Sendable {
        private let last = Mutex<Timestamp?>(nil)

        func isDue(at now: Timestamp) -> Bool {
            last.withLock { last in
                if let before = last, now >= before, now - before < .seconds(60) { return false }
                last = now
                return true
            }
        }
    }
}

/// A call with a key as it is kept.
struct StoredCall {
    let request: Digest
    let callID: String
    let began: Timestamp
    let answer: CommandAnswer?
}
