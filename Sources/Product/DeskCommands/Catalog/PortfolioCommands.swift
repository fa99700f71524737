import TradingDesk
import TradingModel
import WorkflowModel

/// Cash, positions and what they came to.
enum PortfolioCommands {
    static let all = [portfolio, performance, equity]

    private static let portfolio = DeskCommand(
        "portfolio", "Cash, positions, exposure and how the day goes", .read, at: .get("/api/portfolio"),
        tool: "portfolio", answers: .named("Portfolio", DeskPicture.portfolioSchema)
    ) { _, context in try context.picture().portfolioValue }

    private static let performance = DeskCommand(
        "performance", "What the run came to so far, and the targets beside it", .read,
        at: .get("/api/performance"), tool: "performance", answers: PerformanceAnswer.schema
    ) { _, context in try PerformanceAnswer.value(context.picture()) }

    private static let points = Field<Int>.integer("points", 2...10_000, "How many points at most").or(500)

    private static let equity = DeskCommand(
        "equity", "Equity over time with its drawdown, oldest first", .read, at: .get("/api/equity"),
        takes: [points.description], answers: EquityAnswer.schema
    ) { arguments, context in
        EquityAnswer.value(try context.picture(), points: try arguments[points])
    }
}

extension CommandContext {
    /// How the desk stands; throws where nothing ever ran.
    func picture() throws -> DeskPicture {
        guard let picture = try services.desk.picture() else { throw CommandProblem.nothingRan }
        return picture
    }
}
