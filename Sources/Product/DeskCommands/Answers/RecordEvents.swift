public import Determinism
import TradingModel
public import WorkflowModel

/// What streams tell of a record: verdicts, what became of orders, and fills, each as lists have it.
public struct RecordEvents: Sendable {
    /// One thing to tell.
    public typealias Told = (topic: StreamTopic, value: Value)

    /// The topics that records are told under.
    public static let topics: [StreamTopic] = [.verdicts, .orders, .fills]

    private let run: RecordedRun

    /// What is told of a run's records; `decided` knows when orders, or the entries they are exits of, were decided.
    public init(run: String, isSimulated: Bool, decided: @escaping @Sendable (_ order: String) -> Timestamp?) {
        self.run = RecordedRun(name: run, isSimulated: isSimulated, decided: decided)
    }

    /// What a record has to tell, in order; nothing for records of other kinds.
    public func of(_ record: ArchivedRecord) -> [Told] {
        switch record.kind {
        case "decision": decided(record)
        case "report": reported(record)
        default: []
        }
    }

    private func decided(_ record: ArchivedRecord) -> [Told] {
        let verdicts = record.body["verdicts"]?.list ?? []
        return zip(DecisionAnswer.values(record, run), verdicts).flatMap { item, verdict -> [Told] in
            // A record that is being kept has no hash yet.
            let told = record.hash.isEmpty ? item.adding(["hash": .null]) : item
            guard let order = verdict["order"] else { return [(.verdicts, told)] }
            return [(.verdicts, told), (.orders, placed(order, parent: nil, record))]
        }
    }

    private func reported(_ record: ArchivedRecord) -> [Told] {
        let body = record.body
        if let exit = body["exit"] { return [(.orders, placed(exit, parent: body["order"]?.text, record))] }
        let state = RecordedOrder.State(afterReport: body) ?? .open
        let update: Value = [
            "id": body.field("order"), "state": .text(state.rawValue), "reason": body.field("reason"),
            "updated_at": Value(record.time), "simulated": Value(run.isSimulated), "trace": run.trace(of: record),
        ]
        let told: [Told] = [(.orders, numbered(update, record))]
        guard let fill = body["fill"], body["unmatched"]?.boolean != true else { return told }
        return told + [(.fills, FillAnswer.value(fill, record, run))]
    }

    private func placed(_ order: Value, parent: String?, _ record: ArchivedRecord) -> Value {
        numbered(OrderAnswer.sent(order, parent: parent, record, run), record)
    }

    /// With the record that tells it, by which those who resume know what they have.
    private func numbered(_ value: Value, _ record: ArchivedRecord) -> Value {
        value.adding(["sequence": Value(record.sequence), "time": Value(record.time)])
    }
}
