import Accounting
import Determinism
import TradingModel

/// What the same cash would have come to, bought in equal parts at each instrument's first close and held, without fees.
struct BuyAndHold {
    private let share: Double
    private var units: [Double?]
    private var closes: [Double]
    private var cash: Double
    private(set) var curve = EquityCurve(sampling: .daily)

    init(_ capital: Money, instruments: Int) {
        cash = capital.double
        share = capital.double / Double(max(1, instruments))
        units = Array(repeating: nil, count: instruments)
        closes = Array(repeating: 0, count: instruments)
    }

    /// Takes what the market did at a moment.
    mutating func take(_ events: [MarketEvent], at time: Timestamp) {
        for event in events {
            guard case .bar(let id, let bar) = event, bar.close > 0 else { continue }
            closes[id.index] = bar.close.double
            if units[id.index] == nil {
                units[id.index] = share / bar.close.double
                cash -= share
            }
        }
        guard let equity = Money(nearest: worth), let exposure = Money(nearest: worth - cash) else { return }
        curve.record(equity, exposure: exposure, at: time)
    }

    private var worth: Double {
        zip(units, closes).reduce(cash) { sum, held in sum + (held.0 ?? 0) * held.1 }
    }
}
