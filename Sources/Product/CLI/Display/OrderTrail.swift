import Configuration
import DeskCommands
import Storage
import TradingStore
import WorkflowModel

/// The way of one order through the record: trigger, data, node results, verdict, order, reports and fills.
struct OrderTrail {
    private let order: String
    private let isSimulated: Bool
    private let stations: [DecisionTrail.Station]

    /// Gathers the records about an order; throws where the log has none.
    init(of order: String, in log: AuditLog) throws {
        guard let trail = try DecisionTrail(ofOrder: order, in: RecordArchive(log)) else {
            throw CommandFailure(
                "no record mentions the order '\(order)'; 'audit show --kind decision' lists decisions",
                code: "not_found")
        }
        self.order = order
        isSimulated = try log.isSimulated()
        stations = trail.stations
    }

    /// The stations for a person, oldest first.
    func lines(_ style: Styler) throws -> [String] {
        [style("order \(order)", .bold) + (isSimulated ? style("  SIMULATED market", .yellow, .bold) : "")]
            + (try stations.flatMap { station in
                [
                    "",
                    "\(style(station.title, .cyan))  record \(station.record.sequence)  \(station.record.time)  "
                        + style(String(station.record.hash.prefix(16)), .dim),
                    "    " + (try OrderTrail.text(station)).escapingControls,
                ]
            })
    }

    /// The stations for a program.
    var json: JSONValue {
        get throws {
            let list = try stations.map { station -> JSONValue in
                [
                    "station": .text(station.title), "sequence": .integer(Int(station.record.sequence)),
                    "time": .text("\(station.record.time)"), "hash": .text(station.record.hash),
                    "summary": .text(station.summary), "text": .text(try OrderTrail.text(station)),
                ]
            }
            return [
                "type": "order_trail", "order": .text(order), "simulated": .bool(isSimulated), "stations": .list(list),
            ]
        }
    }

    private static func text(_ station: DecisionTrail.Station) throws -> String {
        String(decoding: try station.body.json(), as: UTF8.self)
    }
}
