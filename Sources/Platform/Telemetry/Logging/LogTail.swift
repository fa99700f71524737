import Synchronization

/// Keeps the last lines in memory, numbered, and tells who asks that there are new ones.
public final class LogTail: LogSink {
    /// A line and its place in the order of all lines, from 1.
    public struct Entry: Sendable, Hashable {
        /// Its number; each line has the next one.
        public let sequence: UInt64
        /// The line.
        public let record: LogRecord
    }

    /// Names a subscription, for ending it.
    public struct Subscription: Sendable, Hashable {
        fileprivate let number: UInt64
    }

    private struct State {
        var ring: LogRing
        var subscribers: [UInt64: @Sendable (Entry) -> Void] = [:]
        var nextSubscriber: UInt64 = 0
    }

    private let state: Mutex<State>

    /// A tail of at most `capacity` lines.
    public init(capacity: Int = 1000) {
        state = Mutex(State(ring: LogRing(capacity: capacity)))
    }

    public func write(_ record: LogRecord) {
        let (entry, subscribers) = state.withLock { state in
            (state.ring.append(record), Array(state.subscribers.values))
        }
        for tell in subscribers { tell(entry) }
    }

    /// The lines kept that come after a number, oldest first, at most `limit`; 0 asks from the oldest on.
    ///
    /// A first entry that is not the next number says that lines between were pushed out.
    public func records(after sequence: UInt64 = 0, limit: Int) -> [Entry] {
        state.withLock { $0.ring.entries(after: sequence, limit: limit) }
    }

    /// The number of the newest line; 0 before the first.
    public var lastSequence: UInt64 {
        state.withLock { $0.ring.lastSequence }
    }

    /// Calls `tell` with every line from now on, on the thread that logs it: it must return at once.
    ///
    /// Lines of several threads may be told out of order; their numbers say which came first.
    public func subscribe(_ tell: @escaping @Sendable (Entry) -> Void) -> Subscription {
        state.withLock { state in
            state.nextSubscriber += 1
            state.subscribers[state.nextSubscriber] = tell
            return Subscription(number: state.nextSubscriber)
        }
    }

    /// Ends a subscription; a line that is being told may still arrive.
    public func unsubscribe(_ subscription: Subscription) {
        state.withLock { _ = $0.subscribers.removeValue(forKey: subscription.number) }
    }
}

/// The last lines, the oldest pushed out by the newest.
struct LogRing {
    private let capacity: Int
    private var slots: [LogTail.Entry] = []
    private(set) var lastSequence: UInt64 = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    mutating func append(_ record: LogRecord) -> LogTail.Entry {
        lastSequence += 1
        let entry = LogTail.Entry(sequence: lastSequence, record: record)
        if slots.count < capacity {
            slots.append(entry)
        } else {
            slots[Int((lastSequence - 1) % UInt64(capacity))] = entry
        }
        return entry
    }

    func entries(after sequence: UInt64, limit: Int) -> [LogTail.Entry] {
        let oldest = lastSequence - UInt64(slots.count) + 1
        guard limit > 0, sequence < lastSequence else { return [] }
        let first = max(oldest, sequence + 1)
        let count = min(UInt64(limit), lastSequence - first + 1)
        return (first..<first + count).map { slots[Int(($0 - 1) % UInt64(capacity))] }
    }
}
