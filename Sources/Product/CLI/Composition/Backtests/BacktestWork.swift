import DeskCommands
import Determinism
import MarketData
import TradingDesk
import TradingModel
import WorkflowEngine
import WorkflowModel

/// One backtest at work: the desk in memory, driven to the end of its bars.
struct BacktestWork: Sendable {
    let request: BacktestRequest
    let settings: LoadedSettings
    /// The year that a SIMULATED market runs where no last day is named.
    private static let simulatedDays = 365

    init(_ request: BacktestRequest, _ settings: LoadedSettings) {
        self.request = request
        self.settings = request.settings(settings)
    }

    /// Runs to the end and gives the report; nil where it was called off. `told` hears how much is done, 0...1.
    func run(isCalledOff: () async -> Bool, told: (Double) async -> Void) async throws -> Value? {
        if request.isSimulated { return try await simulate(isCalledOff, told) }
        let options = RunOptions(
            settings, from: request.from, to: request.to, length: request.bars, decider: request.decider)
        let market = try options.storedMarket(request.symbols)
        let plan = try options.plan(market)
        let driver = try options.backtest(plan, market, log: ForgetfulLog())
        let all = Double(max(1, options.feed(market).barCount))
        return try await drive(driver, plan, until: nil, isCalledOff) { state, _ in
            await told(min(1, Double(state.counts.bars) / all))
        }
    }

    private func simulate(_ isCalledOff: () async -> Bool, _ told: (Double) async -> Void) async throws -> Value? {
        let first = request.from ?? SimulatedRun.opening
        let last = request.to ?? first.advanced(by: BacktestWork.simulatedDays)
        let market = try SimulatedRun(settings.settings, from: first)
        let options = RunOptions(settings, from: nil, to: nil, length: request.bars, decider: request.decider)
        let plan = try market.plan(options)
        var session = try DeskSession(plan: plan, journal: InMemoryJournal(), log: ForgetfulLog())
        try session.begin(history: market.history(plan.warmUpBars))
        let driver = try DeskDriver(session: session, feed: market.feed, news: market.news)
        let (start, end) = (NewYorkTime.moment(first), NewYorkTime.moment(last.advanced(by: 1)))
        return try await drive(driver, plan, until: end, isCalledOff) { _, time in
            await told(min(1, max(0, (time - start) / (end - start))))
        }
    }

    private func drive<Source>(
        _ driver: consuming DeskDriver<Source>, _ plan: DeskPlan, until end: Timestamp?,
        _ isCalledOff: () async -> Bool, _ told: (DeskState, Timestamp) async -> Void
    ) async throws -> Value? {
        var benchmark = BuyAndHold(plan.capital, instruments: plan.universe.count)
        while let next = driver.nextTime {
            if let end, next > end { break }
            if await isCalledOff() { return nil }
            guard try driver.next() != nil else { break }
            benchmark.take(driver.lastEvents, at: next)
            await told(driver.session.state, next)
        }
        let summary = try driver.finish()
        return try BacktestReport(plan: plan, state: driver.session.state, summary: summary, benchmark: benchmark)
            .value()
    }
}

/// A record of decisions that nobody reads.
private final class ForgetfulLog: DecisionLog {
    let head = ""

    func append(_ records: [DecisionRecord]) {}
}
