import Accounting
import Analysis
import Determinism
import TradingModel

/// Signal sets with chosen actions.
enum Signals {
    static func made(_ window: MarketWindow, buy: [Int] = [], sell: [Int] = []) -> SignalSet {
        SignalSet(
            decisions: window.universe.ids.map { id in
                let action: Signal.Action = buy.contains(id.index) ? .buy : sell.contains(id.index) ? .sell : .hold
                let close = window.lastClose(id) ?? 1
                let signal = Signal(
                    instrument: id, action: action, confidence: 0.7 + 0.01 * Double(id.index),
                    target: action == .hold ? nil : Price(nearest: close * 1.1),
                    stop: action == .hold ? nil : Price(nearest: close * 0.95), reasons: [])
                let share = SignalDecision.Share(
                    evidence: "technical", score: action == .sell ? -0.6 : action == .buy ? 0.6 : 0, weight: 1)
                return SignalDecision(signal: signal, evidence: share.score, shares: [share], close: close)
            })
    }
}

extension SyntheticMarket {
    /// Buys units at the last close and marks all positions.
    mutating func hold(_ id: InstrumentID, _ quantity: Quantity) throws {
        guard let close = window.lastClose(id), let price = Price(nearest: close) else { return }
        try portfolio.apply(
            Fill(
                order: OrderID(desk: 1, step: 1, ordinal: 1), ordinal: 1, instrument: id,
                side: quantity > 0 ? .buy : .sell, quantity: quantity.magnitude, price: price, fee: 0,
                time: Timestamp(nanoseconds: 0)))
    }
}
