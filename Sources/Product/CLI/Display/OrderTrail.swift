import Configuration
import Foundation
import Storage
import TradingDesk
import TradingStore

/// The way of one order through the record: trigger, data, node results, verdict, order, reports and fills.
struct OrderTrail {
    private struct Station {
        let title: String
        let record: AuditRecord
        /// What of the record concerns the order.
        let text: String
    }

    private let order: String
    private let isSimulated: Bool
    private var stations: [Station] = []

    /// Gathers the records about an order; throws where the log has none.
    init(of order: String, in log: AuditLog) throws {
        self.order = order
        isSimulated = try log.isSimulated()
        let own = try OrderTrail.records(log, subject: order)
        guard !own.isEmpty else {
            throw CommandFailure(
                "no record mentions the order '\(order)'; 'audit show --kind decision' lists decisions",
                code: "not_found")
        }
        guard let decision = own.first(where: { $0.kind == "decision" && OrderTrail.made(order, $0) }) else {
            try addParent(own, log)
            own.forEach { add("report", $0, nil) }
            return
        }
        let body = OrderTrail.object(decision)
        let verdict = OrderTrail.verdict(of: order, body)
        let symbol = (verdict?["symbol"] as? String) ?? ""
        try addSlice(before: decision, symbol, log)
        if let run = body["run"] as? String { try addNodes(of: run, symbol, log) }
        add("verdict", decision, verdict)
        own.filter { $0.sequence != decision.sequence }.forEach { add($0.kind, $0, nil) }
    }

    /// An exit that a fill placed: the entry's way comes first.
    private mutating func addParent(_ own: [AuditRecord], _ log: AuditLog) throws {
        let parents = own.compactMap { OrderTrail.object($0)["order"] as? String }
        guard let parent = parents.first(where: { $0 != order }) else { return }
        stations += try OrderTrail(of: parent, in: log).stations
    }

    private mutating func addSlice(before decision: AuditRecord, _ symbol: String, _ log: AuditLog) throws {
        var cursor = log.records(from: 1, matching: AuditFilter(kind: "slice"))
        var last: AuditRecord?
        while let record = try cursor.next(), record.sequence < decision.sequence { last = record }
        guard let last else { return }
        let bars = OrderTrail.object(last)["bars"] as? [[Any]] ?? []
        let bar = bars.first { $0.first as? String == symbol }
        add("data", last, bar.map { ["bar": $0] })
    }

    private mutating func addNodes(of run: String, _ symbol: String, _ log: AuditLog) throws {
        for record in try OrderTrail.records(log, subject: run) where record.kind == "node" {
            let body = OrderTrail.object(record)
            let name = body["node"] as? String ?? "node"
            add(name, record, OrderTrail.part(of: body["output"], about: symbol))
        }
    }

    private mutating func add(_ title: String, _ record: AuditRecord, _ part: [String: Any]?) {
        let text = part.flatMap(OrderTrail.text) ?? String(decoding: record.body, as: UTF8.self)
        stations.append(Station(title: title, record: record, text: text))
    }

    // MARK: - Shown

    /// The stations for a person, oldest first.
    func lines(_ style: Styler) -> [String] {
        [style("order \(order)", .bold) + (isSimulated ? style("  SIMULATED market", .yellow, .bold) : "")]
            + stations.flatMap { station in
                [
                    "",
                    "\(style(station.title, .cyan))  record \(station.record.sequence)  \(station.record.time)  "
                        + style(String(station.record.hash.hex.prefix(16)), .dim),
                    "    " + station.text.escapingControls,
                ]
            }
    }

    /// The stations for a program.
    var json: JSONValue {
        let list = stations.map { station -> JSONValue in
            [
                "station": .text(station.title), "sequence": .integer(Int(station.record.sequence)),
                "time": .text("\(station.record.time)"), "hash": .text(station.record.hash.hex),
                "text": .text(station.text),
            ]
        }
        return [
            "type": "order_trail", "order": .text(order), "simulated": .bool(isSimulated), "stations": .list(list),
        ]
    }

    // MARK: - Reading records

    private static func records(_ log: AuditLog, subject: String) throws -> [AuditRecord] {
        var cursor = log.records(from: 1, matching: AuditFilter(subject: subject))
        var found: [AuditRecord] = []
        while let record = try cursor.next() { found.append(record) }
        return found
    }

    private static func object(_ record: AuditRecord) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(record.body))) as? [String: Any] ?? [:]
    }

    private static func made(_ order: String, _ decision: AuditRecord) -> Bool {
        verdict(of: order, object(decision)) != nil
    }

    private static func verdict(of order: String, _ body: [String: Any]) -> [String: Any]? {
        let verdicts = body["verdicts"] as? [[String: Any]] ?? []
        return verdicts.first { ($0["order"] as? [String: Any])?["id"] as? String == order }
    }

    /// Of a node's output the entries about one instrument; nil where there are none.
    private static func part(of output: Any?, about symbol: String) -> [String: Any]? {
        guard let output = output as? [String: Any] else { return nil }
        var found: [String: Any] = [:]
        for key in output.keys.sorted() {
            let entries = output[key] as? [[String: Any]] ?? []
            let about = entries.filter { mentions($0, symbol) }
            if !about.isEmpty { found[key] = about }
        }
        return found.isEmpty ? ["about \(symbol)": "nothing"] : found
    }

    private static func mentions(_ entry: [String: Any], _ symbol: String) -> Bool {
        if entry["instrument"] as? String == symbol { return true }
        return ["signal", "intent"].contains { key in
            (entry[key] as? [String: Any])?["instrument"] as? String == symbol
        }
    }

    private static func text(_ object: [String: Any]) -> String? {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return (try? JSONSerialization.data(withJSONObject: object, options: options)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
