import Determinism
import TradingModel
import WorkflowModel

/// Backtests that run in the background.
enum BacktestCommands {
    static let all = [run, list, show, cancel]

    private static let symbols = Field<[String]>.texts("symbols", "Imported symbols", upTo: 100).or([])
    private static let simulated = Field<Bool>.flag("simulated", "A made-up market in place of imported symbols")
    private static let from = Field<String>.text("from", "The first day, 2014-01-02", upTo: 10).optional
    private static let until = Field<String>.text("to", "The last day", upTo: 10).optional
    private static let strategy = Field<String>.choice(
        "strategy", ["pipeline", "cross"], "Who decides: the pipeline at every bar, or a cross of averages"
    ).or("pipeline")
    private static let bars = Field<String>.text("bars", "Which bars, where there are several lengths: 1d", upTo: 8)
        .optional
    private static let seed = Field<Int>.integer("seed", 0...Int.max, "What chance depends on").optional
    private static let fast = Field<Int>.integer("fast", 1...100_000, "Bars of the cross's fast average").or(10)
    private static let slow = Field<Int>.integer("slow", 1...100_000, "Bars of the cross's slow average").or(50)
    private static let cash = Field<Double>.number("cash", 1...1e10, "Cash to begin with").optional
    private static let fee = Field<Double>.number("fee", 0...0.1, "The venue's fee, as a fraction of the value")
        .optional

    private static let fields = [
        symbols.description, simulated.description, from.description, until.description, strategy.description,
        fast.description, slow.description, cash.description, fee.description, bars.description, seed.description,
    ]

    private static let run = DeskCommand(
        "backtests.run", "Begin a backtest over imported or made-up bars", .research, at: .post("/api/backtests"),
        tool: "backtest", takes: fields, answers: BacktestAnswer.schema
    ) { arguments, context in
        let wanted = try request(arguments)
        let id = context.name(after: "backtest")
        try await context.services.backtests.start(wanted, named: id, by: context.caller.name)
        return try await found(id, context, full: false)
    }

    private static let list = DeskCommand(
        "backtests.list", "Backtests, newest first", .read, at: .get("/api/backtests"), tool: "backtests",
        takes: PageRequest.fields, answers: .page(of: BacktestAnswer.schema)
    ) { arguments, context in
        let items = try await context.services.backtests.list()
        return try PageRequest("backtests", arguments).slice(of: items.map(BacktestAnswer.item), by: ["id"])
    }

    private static let id = Field<String>.text("id", "A backtest's name", upTo: 100)

    private static let show = DeskCommand(
        "backtests.show", "One backtest with its report: equity, trades, costs, benchmark", .read,
        at: .get("/api/backtests/{id}"), tool: "backtest_report", takes: [id.description],
        answers: BacktestAnswer.fullSchema
    ) { arguments, context in try await found(try arguments[id], context, full: true) }

    private static let cancel = DeskCommand(
        "backtests.cancel", "End a backtest early", .research, at: .post("/api/backtests/{id}/cancel"),
        tool: "backtest_cancel", takes: [id.description], answers: BacktestAnswer.schema
    ) { arguments, context in
        let id = try arguments[id]
        guard try await context.services.backtests.cancel(id) else {
            _ = try await found(id, context, full: false)
            throw CommandProblem(.conflict, "the backtest '\(id)' has ended already")
        }
        return try await found(id, context, full: false)
    }

    private static func found(_ id: String, _ context: CommandContext, full: Bool) async throws -> Value {
        guard let report = try await context.services.backtests.report(id) else {
            throw CommandProblem.notFound("there is no backtest '\(id)'; backtests.list lists them")
        }
        return full ? BacktestAnswer.full(report) : BacktestAnswer.item(report)
    }

    /// Every field with its standard, checked as far as that can be done without the data.
    private static func request(_ arguments: CommandArguments) throws -> Value {
        let (symbols, isSimulated) = (try arguments[symbols], try arguments[simulated])
        var faults: [FieldFault] = []
        if symbols.isEmpty != isSimulated {
            faults.append(FieldFault("symbols", "give symbols, or simulated: true, and not both"))
        }
        for (name, text) in [("from", try arguments[from]), ("to", try arguments[until])] {
            if let text, CivilDate(text) == nil { faults.append(FieldFault(name, "must be a date such as 2014-01-02")) }
        }
        if let first = try arguments[from], let last = try arguments[until], first > last {
            faults.append(FieldFault("to", "must not be before from"))
        }
        if try arguments[strategy] == "cross", try arguments[fast] >= arguments[slow] {
            faults.append(FieldFault("fast", "must be less than slow"))
        }
        if let text = try arguments[bars], BarLength(text) == nil {
            faults.append(FieldFault("bars", "must be a bar length such as 1m or 1d"))
        }
        guard faults.isEmpty else { throw CommandProblem.invalid(faults) }
        return [
            "symbols": .texts(symbols), "simulated": .boolean(isSimulated), "from": Value(try arguments[from]),
            "to": Value(try arguments[until]), "strategy": .text(try arguments[strategy]),
            "fast": Value(try arguments[fast]), "slow": Value(try arguments[slow]),
            "cash": Value(try arguments[cash]), "fee": Value(try arguments[fee]), "bars": Value(try arguments[bars]),
            "seed": Value(try arguments[seed].map(Int64.init)),
        ]
    }
}
