import Determinism
public import TradingDesk
import TradingModel
public import WorkflowModel

/// What streams tell of a record: verdicts, what became of orders, and fills.
public struct RecordEvents: Sendable {
    /// One thing to tell.
    public typealias Told = (topic: StreamTopic, value: Value)

    /// The topics that records are told under.
    public static let topics: [StreamTopic] = [.verdicts, .orders, .fills]

    private let run: String
    private let isSimulated: Bool

    /// What is told of a run's records.
    public init(run: String, isSimulated: Bool) {
        self.run = run
        self.isSimulated = isSimulated
    }

    /// At which moments orders were decided: what becomes of them has the trace of their decision.
    public var origins = OrderOrigins()

    /// What a record has to tell, in order; nothing for records of other kinds.
    public func of(_ record: ArchivedRecord) -> [Told] {
        switch record.kind {
        case "decision":
            (record.body["verdicts"]?.list ?? []).enumerated().flatMap { decided($1, index: $0, record) }
        case "report": reported(record)
        default: []
        }
    }

    private func decided(_ verdict: Value, index: Int, _ record: ArchivedRecord) -> [Told] {
        let isApproved = verdict["approved"]?.boolean ?? false
        var fields = common(record)
        fields["symbol"] = verdict["symbol"]
        fields["side"] = verdict["side"]
        fields["quantity"] = verdict["quantity"] ?? .null
        fields["notional"] = verdict["notional"] ?? .null
        fields["verdict"] = isApproved ? "approved" : "refused"
        fields["rule"] = verdict["rule"] ?? .null
        fields["reason"] = verdict["text"] ?? .null
        fields["adjustments"] = verdict["adjustments"] ?? []
        fields["order"] = verdict["order"]?["id"] ?? .null
        fields["trigger"] = record.body["trigger"] ?? .null
        fields["run"] = record.body["run"] ?? .null
        fields["by"] = record.body["by"] ?? .null
        fields["index"] = Value(index)
        fields["origin"] = verdict["origin"] ?? .null
        fields["hash"] = .text(record.hash)
        let told: [Told] = [(.verdicts, .object(fields))]
        guard let order = verdict["order"] else { return told }
        return told + [(.orders, placed(order, parent: nil, record))]
    }

    private func reported(_ record: ArchivedRecord) -> [Told] {
        let body = record.body
        if let exit = body["exit"] { return [(.orders, placed(exit, parent: body["order"], record))] }
        var fields = common(record)
        fields["id"] = body["order"]
        fields["state"] = state(body)
        fields["reason"] = body["reason"] ?? .null
        fields["updated_at"] = Value(record.time)
        let told: [Told] = [(.orders, .object(fields))]
        guard let fill = body["fill"]?.fields, body["unmatched"]?.boolean != true else { return told }
        let value = fill.merging(common(record)) { mine, _ in mine }
        return told + [(.fills, .object(value.merging(["note": .null]) { mine, _ in mine }))]
    }

    /// An order as it stands when it is sent.
    private func placed(_ order: Value, parent: Value?, _ record: ArchivedRecord) -> Value {
        var fields = common(record)
        for (name, key) in [
            ("id", "id"), ("symbol", "symbol"), ("side", "side"), ("type", "type"), ("quantity", "quantity"),
            ("notional", "notional"), ("limit_price", "limit"), ("stop_price", "stop"),
            ("time_in_force", "timeInForce"), ("reduce_only", "reduceOnly"), ("stop_loss", "stopLoss"),
            ("take_profit", "takeProfit"),
        ] {
            fields[name] = order[key] ?? .null
        }
        fields["state"] = "open"
        fields["filled"] = "0"
        fields["average_price"] = .null
        fields["parent"] = parent ?? .null
        fields["origin"] = record.body["run"] ?? record.body["trigger"] ?? .null
        fields["placed_at"] = Value(record.time)
        fields["updated_at"] = Value(record.time)
        fields["decision"] = .integer(record.sequence)
        return .object(fields)
    }

    /// The words of `orders.list`: an order that is accepted, touched or filled in part is open.
    private func state(_ body: Value) -> Value {
        switch body["outcome"]?.text {
        case "filled": body["fill"]?["leaves"]?.text == "0" ? "filled" : "open"
        case "rejected", "cancelled", "expired", "unknown": body["outcome"] ?? .null
        default: "open"
        }
    }

    private func common(_ record: ArchivedRecord) -> [String: Value] {
        [
            "sequence": .integer(record.sequence), "time": Value(record.time), "simulated": .boolean(isSimulated),
            "trace": trace(of: record),
        ]
    }

    /// Null for what became of an order that came up before anybody listened.
    private func trace(of record: ArchivedRecord) -> Value {
        guard record.kind == "report", let order = record.body["order"]?.text.flatMap({ OrderID($0) }) else {
            return .text(DeskTrace.id(run: run, moment: record.time))
        }
        return Value(origins[order].map { DeskTrace.id(run: run, moment: $0) })
    }
}
