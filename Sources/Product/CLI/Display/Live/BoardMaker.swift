import Accounting
import Determinism
import RiskControl
import TradingDesk
import TradingEngine
import TradingModel

/// Makes boards out of a desk's state, and keeps the little that the state does not: what happened last.
struct BoardMaker {
    var isResumed = false
    private let plan: DeskPlan
    private let scene: RunScene
    private let name: String
    private var tail: EventTail
    /// Where this process began: the rate is measured from there.
    private var origin: (wall: Timestamp, bars: Int)?

    init(_ plan: DeskPlan, _ scene: RunScene, name: String) {
        self.plan = plan
        self.scene = scene
        self.name = name
        tail = EventTail(plan)
    }

    /// Takes note of what happened at a moment.
    mutating func note(_ events: [DeskEvent], _ state: DeskState) {
        tail.note(events, state)
    }

    /// The board of a state; `now` is the wall's time.
    mutating func board(_ state: DeskState, at now: Timestamp) -> Board {
        var board = Board(isSimulated: plan.isSimulated, name: name, isResumed: isResumed)
        let bars = state.counts.bars
        let origin = origin ?? (now, bars)
        self.origin = origin
        board.time = state.curve.last.map { tail.text($0.time) } ?? ""
        board.pace = PaceText.of(scene.speed)
        board.barLength = "\(plan.barLength)"
        (board.bars, board.allBars, board.instruments) = (bars, scene.bars, plan.universe.count)
        board.left = scene.bars.flatMap { left($0 - bars, done: bars - origin.bars, in: now - origin.wall) }
        board.trading = StateText.of(state.loop.engine.risk.state)
        let samples = state.curve.samples
        board.equity = samples.map(\.equity.double)
        board.account = account(state, board.equity)
        board.positions = positions(state)
        (board.advice, board.log) = (tail.advice.reversed(), tail.log)
        board.targets = targets(state)
        return board
    }

    /// Nothing in the first second, whose rate says little.
    private func left(_ rest: Int, done: Int, in passed: Duration) -> Duration? {
        guard rest > 0, done > 0, passed >= .seconds(1) else { return nil }
        return passed * (Double(rest) / Double(done))
    }

    private func account(_ state: DeskState, _ equities: [Double]) -> Board.Account {
        let engine = state.loop.engine
        var account = Board.Account()
        (account.orders, account.fills) = (state.counts.orders, state.counts.fills)
        account.refusals = state.counts.refusals
        account.cash = engine.portfolio.cash.double
        account.lossLimit = engine.risk.limits.maxDailyLoss
        account.deepest = state.curve.deepestDrawdown?.depth ?? (equities.isEmpty ? nil : 0)
        guard let equity = try? engine.portfolio.equity.double else { return account }
        account.equity = equity
        if let start = engine.risk.dayStartEquity?.double {
            account.dayProfit = equity - start
            account.dayReturn = ratio(equity - start, start)
        }
        account.exposure = (try? engine.portfolio.grossExposure.double).flatMap { ratio($0, equity) }
        account.totalReturn = ratio(equity - engine.portfolio.initialCash.double, engine.portfolio.initialCash.double)
        account.drawdown = equities.max().flatMap { ratio($0 - equity, $0) }.map { max(0, $0) }
        return account
    }

    private func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }

    private func positions(_ state: DeskState) -> [Board.Holding] {
        let portfolio = state.loop.engine.portfolio
        let orders = state.loop.engine.risk.ordersInFlight
        return portfolio.held.map { id in
            let position = portfolio[id]
            let exits = orders.filter { $0.instrument == id && ($0.side == .sell) == (position.quantity > 0) }
            let profit = try? position.unrealisedProfit.double
            return Board.Holding(
                symbol: plan.universe.symbol(id).name, quantity: EventTail.text(position.quantity),
                average: position.averagePrice?.double, last: position.lastPrice?.double,
                value: position.marketValue.double, profit: profit,
                share: profit.flatMap { ratio($0, position.cost.magnitude.double) },
                stop: exits.lazy.compactMap(\.stopPrice).first, target: exits.lazy.compactMap(\.limitPrice).first)
        }
    }

    private func targets(_ state: DeskState) -> [Targets.Line] {
        let periods = plan.universe.instruments.contains { $0.assetClass == .equity } ? 252.0 : 365.0
        let figures = try? PerformanceFigures(
            curve: state.curve, trades: state.ledger, portfolio: state.loop.engine.portfolio,
            basis: PerformanceBasis(periodsPerYear: periods))
        return figures.map { Targets().compared(with: $0) } ?? []
    }
}

extension Order {
    fileprivate var stopPrice: Double? {
        switch kind {
        case .stop(let price), .stopLimit(let price, _): price.double
        case .trailingStop(let price, _): price?.double
        case .market, .limit: nil
        }
    }

    fileprivate var limitPrice: Double? {
        if case .limit(let price) = kind { price.double } else { nil }
    }
}
