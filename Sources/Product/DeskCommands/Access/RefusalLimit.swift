import Determinism
import Synchronization

/// Which refusals are put on the record: the first sixty of a caller in a minute; of the others only how many.
///
/// Without it, a caller who may do nothing could fill the disk by asking for it.
struct RefusalLimit: Sendable {
    /// What to put on the record.
    enum Advice: Sendable, Hashable {
        /// This refusal, and before it how many were left out; 0 for none.
        case record(leftOut: Int)
        /// Nothing: it was counted.
        case count
    }

    private struct Minute {
        var since: Timestamp
        var count = 0
        var leftOut = 0
    }

    private let most = 60
    private let mostCallers = 1000
    private var callers: [String: Minute] = [:]

    /// Takes note of a refusal.
    mutating func refused(_ caller: String, at now: Timestamp) -> Advice {
        var minute = callers[caller] ?? Minute(since: now)
        var leftOut = 0
        if now < minute.since || now - minute.since >= .seconds(60) {
            leftOut = minute.leftOut
            minute = Minute(since: now)
        }
        minute.count += 1
        let isRecorded = minute.count <= most
        if !isRecorded { minute.leftOut += 1 }
        if callers[caller] == nil, callers.count >= mostCallers {
            callers = callers.filter { $0.value.leftOut > 0 && now - $0.value.since < .seconds(3600) }
        }
        callers[caller] = minute
        return isRecorded ? .record(leftOut: leftOut) : .count
    }
}

/// The same for calls that come in at once.
final class RefusalCount: Sendable {
    private let limit = Mutex(RefusalLimit())

    func noted(_ caller: String, at now: Timestamp) -> RefusalLimit.Advice {
        limit.withLock { $0.refused(caller, at: now) }
    }
}
