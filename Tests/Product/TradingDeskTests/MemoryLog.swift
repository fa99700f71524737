import Synchronization
import TradingDesk

/// Records of decisions that end with the test.
final class MemoryLog: DecisionLog {
    private let kept = Mutex<[DecisionRecord]>([])

    let head = "in memory"

    var records: [DecisionRecord] { kept.withLock { $0 } }

    func append(_ records: [DecisionRecord]) throws { kept.withLock { $0 += records } }
}
