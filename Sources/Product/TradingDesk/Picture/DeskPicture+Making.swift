public import Accounting
public import Analysis
public import Determinism
import Execution
import RiskControl
import TradingEngine
public import TradingModel
import WorkflowEngine
import WorkflowModel

extension DeskPicture {
    /// The most points of equity that a picture has.
    public static let equityPoints = 500

    /// The picture of a state; nothing is computed that grows with the number of bars handled, only of days and trades.
    public init(_ plan: DeskPlan, _ state: DeskState, run: String, activity: Activity) {
        let engine = state.loop.engine
        let samples = state.curve.samples
        self.run = run
        self.plan = plan
        limits = engine.risk.limits
        self.activity = activity
        time = state.moments == 0 ? nil : engine.now
        moments = state.moments
        counts = state.counts
        (trading, tradingSince) = (engine.risk.state, state.tradingSince)
        let orders = engine.risk.ordersInFlight
        account = Account(engine.portfolio, state.curve, samples, dayStart: engine.risk.dayStartEquity)
        positions = engine.portfolio.held.map { id in
            Holding(plan.universe.symbol(id), engine.portfolio[id], orders.filter { $0.instrument == id })
        }
        openOrders = orders.sorted { $0.id < $1.id }.map {
            OpenOrderLine(order: $0, symbol: plan.universe.symbol($0.instrument))
        }
        quotes = plan.universe.ids.compactMap { Quote($0, state) }
        signals = (state.advice?.entries ?? []).map(Signal.init).sorted { $0.precedes($1) }
        let fine = state.intraday?.samples ?? []
        let daily = state.equityHistory.dropLast(fine.count)
        equity =
            DeskPicture.thinned(Array(daily), to: DeskPicture.equityPoints - fine.count)
            + DeskPicture.thinned(fine, to: fine.count)
        equityFineFrom = fine.first?.time
        figures = try? PerformanceFigures(plan, state)
        targets = figures.map { Targets().compared(with: $0) } ?? []
        gate = state.gate
    }

    /// At most so many of them, evenly taken, the first and the last among them.
    static func thinned(_ samples: [EquityCurve.Sample], to count: Int = equityPoints) -> [EquityPoint] {
        let last = samples.count - 1
        let kept = samples.count <= count ? samples : (0..<count).map { samples[$0 * last / (count - 1)] }
        return kept.map { EquityPoint(time: $0.time, equity: $0.equity) }
    }
}

extension PerformanceFigures {
    /// The measures of a run as far as it has come.
    public init(_ plan: DeskPlan, _ state: DeskState) throws(Overflow) {
        let periods = plan.universe.instruments.contains { $0.assetClass == .equity } ? 252.0 : 365.0
        try self.init(
            curve: state.curve, trades: state.ledger, portfolio: state.loop.engine.portfolio,
            basis: PerformanceBasis(periodsPerYear: periods))
    }
}

extension DeskPicture.Account {
    init(_ portfolio: Portfolio, _ curve: EquityCurve, _ samples: [EquityCurve.Sample], dayStart: Money?) {
        cash = portfolio.cash
        equity = try? portfolio.equity
        initialCash = portfolio.initialCash
        realisedProfit = try? portfolio.realisedProfit
        unrealisedProfit = try? portfolio.unrealisedProfit
        fees = portfolio.fees
        self.dayStart = dayStart
        grossExposure = try? portfolio.grossExposure
        netExposure = portfolio.marketValue
        deepestDrawdown = curve.deepestDrawdown?.depth ?? (samples.isEmpty ? nil : 0)
        drawdown = DeskPicture.Account.fall(of: equity, below: samples)
    }

    private static func fall(of equity: Money?, below samples: [EquityCurve.Sample]) -> Double? {
        guard let equity, let peak = samples.lazy.map(\.equity).max(), peak > 0 else { return nil }
        return max(0, 1 - equity.double / peak.double)
    }
}

extension DeskPicture.Holding {
    /// A position with those of the orders that get out of it.
    init(_ symbol: Symbol, _ position: Position, _ orders: [Order]) {
        let exits = orders.filter { ($0.side == .sell) == (position.quantity > 0) }
        self.symbol = symbol
        (quantity, marketValue) = (position.quantity, position.marketValue)
        (averagePrice, lastPrice) = (position.averagePrice, position.lastPrice)
        unrealisedProfit = try? position.unrealisedProfit
        stop = exits.lazy.compactMap(\.kind.stop).first
        target = exits.lazy.compactMap(\.kind.limit).first
    }
}

extension OrderKind {
    /// Where it is touched; nil for what waits for no touch.
    fileprivate var stop: Price? {
        switch self {
        case .stop(let price), .stopLimit(let price, _): price
        case .trailingStop(let price, _): price
        case .market, .limit: nil
        }
    }

    /// The price of a limit order.
    fileprivate var limit: Price? {
        if case .limit(let price) = self { price } else { nil }
    }
}

extension DeskPicture.Signal {
    init(_ entry: AdviceBook.Entry) {
        self.init(time: entry.time, recommendation: entry.recommendation, run: entry.run)
    }

    /// A recommendation that was just made.
    public init(_ recommendation: Recommendation, at time: Timestamp, in plan: DeskPlan) {
        let isPipeline = if case .pipeline = plan.decider { true } else { false }
        self.init(
            time: time, recommendation: recommendation,
            run: isPipeline ? DeskSession.pipelineRun(at: time).text : nil)
    }

    /// The newest first; of one moment what is to be acted on first, then the surest.
    fileprivate func precedes(_ other: DeskPicture.Signal) -> Bool {
        let (mine, theirs) = (recommendation, other.recommendation)
        if time != other.time { return time > other.time }
        if (mine.action == .hold) != (theirs.action == .hold) { return theirs.action == .hold }
        if mine.confidence != theirs.confidence { return mine.confidence > theirs.confidence }
        return mine.symbol < theirs.symbol
    }
}
