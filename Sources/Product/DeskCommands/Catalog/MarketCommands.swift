import TradingDesk
import TradingModel
import WorkflowModel

/// Prices and what is concluded from them.
enum MarketCommands {
    static let all = [signals, instruments, quotes, bars, marks, risk]

    private static let symbol = Field<String>.text("symbol", "An instrument of the desk, such as AAPL", upTo: 40)

    private static let signals = DeskCommand(
        "signals", "The newest recommendation for every instrument, newest first", .read, at: .get("/api/signals"),
        tool: "signals", takes: PageRequest.fields,
        answers: .page(of: .named("Signal", DeskPicture.signalSchema))
    ) { arguments, context in
        let page = try PageRequest("signals", arguments).slice(of: context.picture().signalValues, by: ["symbol"])
        return try SignalRecords(context.services.archive).adding(to: page)
    }

    private static let instruments = DeskCommand(
        "instruments", "What the desk trades", .read, at: .get("/api/instruments"), tool: "instruments",
        takes: PageRequest.fields, answers: .page(of: InstrumentAnswer.schema)
    ) { arguments, context in
        let picture = try context.picture()
        return try PageRequest("instruments", arguments).slice(
            of: InstrumentAnswer.values(picture.plan), by: ["symbol"])
    }

    private static let quotes = DeskCommand(
        "quotes", "The last bar of every instrument, with what is advised and held", .read, at: .get("/api/quotes"),
        tool: "quotes", takes: PageRequest.fields, answers: .page(of: .named("Quote", DeskPicture.quoteSchema))
    ) { arguments, context in
        try PageRequest("quotes", arguments).slice(of: try context.picture().quoteValues, by: ["symbol"])
    }

    private static let count = Field<Int>.integer("limit", 1...10_000, "How many of the last bars").or(500)
    private static let indicators = Field<[String]>.texts(
        "indicators", "Such as sma:20, rsi:14, macd:12:26:9 or bbands:period=20", upTo: 20
    ).or([])

    private static let bars = DeskCommand(
        "bars", "The last bars of an instrument, oldest first, with indicators over them", .read,
        at: .get("/api/bars/{symbol}"), tool: "market_data",
        takes: [symbol.description, count.description, indicators.description], answers: BarsAnswer.schema
    ) { arguments, context in
        let picture = try context.picture()
        let symbol = try picture.symbol(try arguments[symbol])
        let wanted = try arguments[indicators].map(IndicatorRequest.init)
        guard let bars = try context.services.desk.bars(of: symbol, limit: try arguments[count]) else {
            throw CommandProblem.notFound("the desk keeps no bars of \(symbol)")
        }
        return BarsAnswer.value(bars, of: symbol, picture.plan, wanted)
    }

    private static let marks = DeskCommand(
        "marks", "Signals, orders and fills of an instrument, to be drawn on its chart; oldest first", .read,
        at: .get("/api/marks/{symbol}"), takes: [symbol.description], answers: MarksAnswer.schema
    ) { arguments, context in
        let picture = try context.picture()
        return try MarksAnswer.value(try picture.symbol(try arguments[symbol]), picture, DeskRecords(context.services))
    }

    private static let risk = DeskCommand(
        "risk", "What the gate lets through, its limits and how much of them is used", .read, at: .get("/api/risk"),
        tool: "risk", answers: RiskHalts.riskSchema
    ) { _, context in try RiskHalts.risk(context) }
}

extension DeskPicture {
    /// The instrument of that name; throws where the desk does not trade it.
    func symbol(_ name: String) throws(CommandProblem) -> Symbol {
        guard let symbol = Symbol(name), plan.universe.id(of: symbol) != nil else {
            let known = plan.universe.instruments.prefix(20).map(\.symbol.name).joined(separator: ", ")
            throw .notFound("the desk does not trade '\(name)'; it trades \(known)")
        }
        return symbol
    }
}
