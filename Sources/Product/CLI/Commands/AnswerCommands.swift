import Configuration
import DeskCommands
import WorkflowModel

/// `bellwether portfolio|signals|orders|risk|backtests`: answers of the desk for people, each one command of the
/// catalogue with its fields as options.
enum AnswerCommands {
    static let all = [
        command(
            "portfolio",
            columns: [
                "positions": ["symbol", "quantity", "average_price", "last_price", "market_value", "unrealised_profit"]
            ], [.init("bellwether portfolio", "Cash, exposure, the day, and every position")]),
        command(
            "signals", columns: ["items": ["symbol", "action", "confidence", "target", "stop", "time", "reason"]],
            [.init("bellwether signals --limit 10", "The ten newest recommendations")]),
        command(
            "orders", of: "orders.list",
            columns: [
                "items": ["id", "symbol", "side", "type", "quantity", "filled", "average_price", "state", "placed_at"]
            ],
            [
                .init("bellwether orders --state open", "Orders that stand"),
                .init("bellwether orders --symbol AAPL --json", "One instrument's, for a program"),
            ]),
        command(
            "risk", columns: ["limits": ["name", "value", "unit", "tightens", "about"]],
            [.init("bellwether risk", "Limits, how much of them is used, and past halts")]),
        command(
            "backtests", of: "backtests.list",
            columns: ["items": ["id", "state", "progress", "by", "started_at", "finished_at", "error"]],
            [.init("bellwether backtests", "Newest first; 'bellwether call backtests.show id=ID' has the report")]),
    ].compactMap(\.self)

    /// The command of a name for one of the catalogue's; nil where that is not there.
    private static func command(
        _ name: String, of desk: String? = nil, columns: [String: [String]], _ examples: [Command.Example]
    ) -> Command? {
        guard let desk = CommandCatalog.command(desk ?? name) else { return nil }
        let options = desk.fields.map { field in
            (field, Argument<String?>.option(option(field), .text(field.name.uppercased()), field.about))
        }
        return Command(
            name, desk.summary,
            discussion: """
                The running desk is asked where one serves the home, else what is stored there. With --json it is the \
                answer of GET \(desk.route.path).
                """,
            takes: options.map(\.1.parameter), examples: examples
        ) { call in
            var arguments: [String: Value] = [:]
            for (field, option) in options {
                arguments[field.name] = try call.arguments[option].map { CallWords.value($0, field.schema) }
            }
            let answer = try await DeskCalls(call).ask(desk.name, arguments).value
            try show(answer, desk.answer, columns, call.console)
            return .done
        }
    }

    private static func option(_ field: FieldDescription) -> String { field.name.replacing("_", with: "-") }

    private static func show(
        _ answer: Value, _ schema: ValueSchema, _ columns: [String: [String]], _ console: Console
    ) throws {
        guard !console.isJSON else { return try console.print(JSONValue(answer)) }
        let page = AnswerPage(columns: columns, width: console.profile.width, style: console.style)
        try console.print(page.lines(answer, schema))
        if let next = answer["next"]?.text { console.note("there is more: --cursor \(next)") }
    }
}
