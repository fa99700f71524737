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
        let picture = DeskPicture(plan, state, run: name, activity: .running)
        var board = Board(isSimulated: plan.isSimulated, name: name, isResumed: isResumed)
        let bars = picture.counts.bars
        let origin = origin ?? (now, bars)
        self.origin = origin
        board.time = picture.equity.last.map { tail.text($0.time) } ?? ""
        board.pace = PaceText.of(scene.speed)
        board.barLength = "\(plan.barLength)"
        (board.bars, board.allBars, board.instruments) = (bars, scene.bars, plan.universe.count)
        board.left = scene.bars.flatMap { left($0 - bars, done: bars - origin.bars, in: now - origin.wall) }
        board.trading = StateText.of(picture.trading)
        board.equity = state.equityHistory.map(\.equity.double)
        board.account = account(picture)
        board.positions = picture.positions.map(holding)
        (board.advice, board.log) = (tail.advice.reversed(), tail.log)
        board.targets = picture.targets
        return board
    }

    /// Nothing in the first second, whose rate says little.
    private func left(_ rest: Int, done: Int, in passed: Duration) -> Duration? {
        guard rest > 0, done > 0, passed >= .seconds(1) else { return nil }
        return passed * (Double(rest) / Double(done))
    }

    private func account(_ picture: DeskPicture) -> Board.Account {
        let known = picture.account
        var account = Board.Account()
        (account.orders, account.fills) = (picture.counts.orders, picture.counts.fills)
        account.refusals = picture.counts.refusals
        account.cash = known.cash.double
        account.lossLimit = picture.limits.maxDailyLoss
        account.deepest = known.deepestDrawdown
        guard let equity = known.equity?.double else { return account }
        account.equity = equity
        if let start = known.dayStart?.double {
            account.dayProfit = equity - start
            account.dayReturn = ratio(equity - start, start)
        }
        account.exposure = known.grossExposure.flatMap { ratio($0.double, equity) }
        account.totalReturn = ratio(equity - known.initialCash.double, known.initialCash.double)
        account.drawdown = known.drawdown
        return account
    }

    private func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }

    private func holding(_ held: DeskPicture.Holding) -> Board.Holding {
        let (profit, average) = (held.unrealisedProfit?.double, held.averagePrice?.double)
        let cost = average.map { abs($0 * held.quantity.double) }
        return Board.Holding(
            symbol: held.symbol.name, quantity: EventTail.text(held.quantity), average: average,
            last: held.lastPrice?.double, value: held.marketValue.double, profit: profit,
            share: profit.flatMap { profit in cost.flatMap { ratio(profit, $0) } }, stop: held.stop?.double,
            target: held.target?.double)
    }
}
