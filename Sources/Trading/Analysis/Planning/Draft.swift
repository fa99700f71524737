import Accounting
import TradingModel

/// A plan while it is being made.
struct Draft {
    private let settings: ExecutionPlanning
    private let portfolio: Portfolio
    private let window: MarketWindow
    private let equity: Double
    private var cash: Double
    private var trades: [PlannedTrade] = []
    private var skipped: [ExecutionPlan.Skipped] = []

    init(_ settings: ExecutionPlanning, _ portfolio: Portfolio, _ window: MarketWindow, equity: Double) {
        self.settings = settings
        self.portfolio = portfolio
        self.window = window
        self.equity = equity
        cash = portfolio.cash.double - settings.cashReserve * equity
    }

    var plan: ExecutionPlan {
        ExecutionPlan(
            trades: trades, skipped: skipped.sorted { $0.instrument < $1.instrument },
            value: trades.reduce(0) { $0 + $1.value }, expectedCost: trades.reduce(0) { $0 + $1.expectedCost })
    }

    /// A SELL with a long position, or a BUY with a short one.
    static func closes(_ decision: SignalDecision, _ portfolio: Portfolio) -> Bool {
        switch decision.signal.action {
        case .sell: portfolio[decision.instrument].quantity > 0
        case .buy: portfolio[decision.instrument].quantity < 0
        case .hold: false
        }
    }

    /// The surer first, of equals the one with the lower id.
    static func isSurer(_ one: SignalDecision, _ other: SignalDecision) -> Bool {
        (one.signal.confidence, other.instrument) > (other.signal.confidence, one.instrument)
    }

    static func idleness(_ action: Signal.Action) -> String {
        action == .hold ? "HOLD makes no intent" : "SELL without a position makes no intent"
    }

    func held(_ decision: SignalDecision) -> Double { portfolio[decision.instrument].marketValue.double.magnitude }

    mutating func skip(_ id: InstrumentID, _ reason: String) {
        skipped.append(.init(instrument: id, reason: reason))
    }

    mutating func close(_ decision: SignalDecision) {
        let id = decision.instrument
        guard let price = window.lastClose(id) else { return skip(id, "no price") }
        let quantity = portfolio[id].quantity.magnitude
        let side: Side = portfolio[id].quantity > 0 ? .sell : .buy
        let intent = Intent(
            instrument: id, side: side, size: .units(quantity), reduceOnly: true,
            origin: origin(decision.signal, "close the position"))
        let trade = trade(intent, quantity, price)
        cash += (side == .sell ? trade.value : -trade.value) - trade.expectedCost
        trades.append(trade)
    }

    mutating func buy(_ decision: SignalDecision, _ target: Double?) {
        let id = decision.instrument
        guard let target else { return skip(id, "no target weight") }
        guard let price = window.lastClose(id), price > 0 else { return skip(id, "no price") }
        let change = target - portfolio[id].marketValue.double / equity
        guard change >= settings.noTradeBand else {
            return skip(id, "weight changes by \(Wording.percent(change, 2)), inside the no-trade band")
        }
        let quantity = units(id, value: change * equity, price: price)
        guard quantity > 0, quantity.double * price >= settings.minimumTrade else {
            return skip(id, "\(Wording.fixed(quantity.double * price)) is under the least trade or the cash left")
        }
        let bracket = Bracket(
            stopLoss: decision.signal.stop.map { .price($0) }, takeProfit: decision.signal.target.map { .price($0) })
        let intent = Intent(
            instrument: id, side: .buy, size: .units(quantity), bracket: bracket,
            origin: origin(decision.signal, "to \(Wording.percent(target)) of equity"))
        let trade = trade(intent, quantity, price)
        cash -= trade.value + trade.expectedCost
        trades.append(trade)
    }

    /// Whole lots, for at most the value, the cash left after costs, and the allowed share of the volume.
    private func units(_ id: InstrumentID, value: Double, price: Double) -> Quantity {
        let volume = meanVolume(id)
        let worst = slippage(id, participation: volume == nil ? nil : settings.participation)
        var units = min(value, cash / (1 + worst)) / price
        if let volume { units = min(units, settings.participation * volume) }
        guard units > 0, let nearest = Quantity(nearest: units) else { return 0 }
        let whole = nearest.double > units ? Quantity(raw: nearest.raw - 1) : nearest
        return whole.roundedDown(toMultipleOf: window.universe[id].lot)
    }

    private func trade(_ intent: Intent, _ quantity: Quantity, _ price: Double) -> PlannedTrade {
        let participation = meanVolume(intent.instrument).map { quantity.double / $0 }
        let slippage = slippage(intent.instrument, participation: participation)
        let value = quantity.double * price
        return PlannedTrade(
            intent: intent, quantity: quantity, price: price, value: value, participation: participation,
            expectedSlippage: slippage, expectedCost: value * slippage)
    }

    private func meanVolume(_ id: InstrumentID) -> Double? {
        let volume = window.bars(id).volume.suffix(20)
        let sum = volume.reduce(0, +)
        return sum > 0 ? sum / Double(volume.count) : nil
    }

    /// Half the spread where the volume, or the deviation, is unknown.
    private func slippage(_ id: InstrumentID, participation: Double?) -> Double {
        guard let participation else { return settings.halfSpread }
        let returns = ReturnTable(window, [id]).returns(0).suffix(20)
        let deviation = Series.deviation(Array(returns), last: returns.count) ?? 0
        return settings.halfSpread + settings.impact * deviation * participation.squareRoot()
    }

    private func origin(_ signal: Signal, _ aim: String) -> String {
        let reason = signal.reasons.first.map { ": \($0.text)" } ?? ""
        return "\(signal.action.rawValue) \(Wording.fixed(signal.confidence)), \(aim)\(reason)"
    }
}
