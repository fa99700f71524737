import Configuration
import DeskCommands
import Determinism
import TradingDesk
import Triggers
import WorkflowModel

/// What a backtest of triggers came to.
enum TriggerPage {
    static func show(_ outcome: TriggerBacktest.Outcome, limit: Int, _ console: Console) throws {
        for firing in outcome.firings.prefix(limit) {
            try console.isJSON
                ? JSONLines(console.output).write(Line(type: "firing", firing: firing))
                : console.print(
                    "\(firing.time)  \(console.style(firing.trigger.padding(18), .bold))\(firing.cause.escapingControls)"
                )
        }
        guard !console.isJSON else {
            return try console.print([
                "type": "summary", "firings": .integer(outcome.firings.count),
                "triggers": .list(outcome.triggers.map { JSONValue(TriggerAnswer.value($0)) }),
            ])
        }
        let hidden = outcome.firings.count - limit
        if hidden > 0 { try console.print("and \(hidden) more; --limit shows them") }
        var table = Table([
            .text("trigger"), .number("looked"), .number("fired"), .text("last looked and did not fire because"),
        ])
        for trigger in outcome.triggers {
            table.add([
                "\(trigger.name)", "\(trigger.evaluations)", "\(trigger.firings)",
                "\(trigger.notFiredBecause ?? "-")",
            ])
        }
        try console.print("")
        try console.print(table.lines(width: console.profile.width, style: console.style))
    }

    private struct Line: Encodable {
        let type: String
        let firing: Firing

        private enum CodingKeys: CodingKey {
            case type
        }

        func encode(to encoder: any Encoder) throws {
            try firing.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(type, forKey: .type)
        }
    }
}
