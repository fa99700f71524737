import Determinism
import Foundation
import Synchronization
import TradingDesk

/// One verdict, report, fill or charge of a record of decisions, as text that can be compared.
struct TradeLine: Hashable {
    let time: Timestamp
    let text: String

    /// What a record holds of these; none for records of other kinds.
    static func of(_ record: DecisionRecord) -> [TradeLine] {
        guard [.decision, .report, .charge].contains(record.kind) else { return [] }
        let body = (try? JSONSerialization.jsonObject(with: record.body)) as? [String: Any] ?? [:]
        let isDecision = record.kind == .decision
        let parts: [Any] = isDecision ? (body["verdicts"] as? [Any] ?? []) : [body]
        let kind = isDecision ? "verdict" : record.kind.rawValue
        return parts.map { TradeLine(time: record.time, text: "\(record.time) \(kind) \(text($0))") }
    }

    /// A JSON value on one line, keys in order.
    static func text(_ value: Any) -> String {
        let data = try? JSONSerialization.data(
            withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
    }

    /// The line with the tag of one desk in place of another's: order ids carry the tag of their run's plan.
    func renamed(from tag: UInt32, to other: UInt32) -> TradeLine {
        TradeLine(time: time, text: text.replacing(TradeLine.mark(tag), with: TradeLine.mark(other)))
    }

    private static func mark(_ tag: UInt32) -> String {
        let digits = String(tag, radix: 16)
        return "\"bw-\(String(repeating: "0", count: 8 - digits.count))\(digits)-"
    }
}

/// A record of decisions of which only the trade lines are kept.
final class TradeLineLog: DecisionLog {
    private let kept = Mutex<[TradeLine]>([])

    let head = ""

    var lines: [TradeLine] { kept.withLock { $0 } }

    func append(_ records: [DecisionRecord]) {
        let lines = records.flatMap(TradeLine.of)
        kept.withLock { $0 += lines }
    }
}
