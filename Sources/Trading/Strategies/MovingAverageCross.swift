public import Accounting
public import Indicators
public import TradingModel

/// Long while the fast moving average of closes is above the slow one, flat while it is below.
///
/// Decides from the bar after the slow average is warm; while the averages are within `deadBand` of each other it keeps
/// its mind, so that a tie cannot depend on rounding.
public struct MovingAverageCross: Strategy {
    /// How much it buys.
    public enum Sizing: Sendable, Hashable, Codable {
        /// So many units a time.
        case units(Quantity)
        /// As many whole lots as the whole cash pays for.
        case allCash
    }

    private struct Averages: Sendable, Codable {
        var fast: SMA
        var slow: SMA
        var isWarm = false
        var wantsLong = false
    }

    private var averages: ContiguousArray<Averages>
    private let deadBand: Double
    private let sizing: Sizing

    /// A cross of two simple moving averages; `fast` and `slow` count bars, `deadBand` is in units of the price.
    public init(fast: Period, slow: Period, deadBand: Double, sizing: Sizing, instruments: Int) {
        let blank = Averages(fast: SMA(fast), slow: SMA(slow))
        averages = ContiguousArray(repeating: blank, count: instruments)
        self.deadBand = deadBand
        self.sizing = sizing
    }

    public mutating func decide(
        _ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent]
    ) {
        guard let wantsLong = changeOfMind(id, close: bar.close.double) else { return }
        if wantsLong {
            let size: OrderSize = switch sizing {
            case .units(let quantity): .units(quantity)
            case .allCash: .notional(portfolio.cash)
            }
            intents.append(Intent(instrument: id, side: .buy, size: size, origin: "cross up"))
        } else {
            let held = portfolio[id].quantity
            intents.append(
                Intent(instrument: id, side: .sell, size: .units(held), reduceOnly: true, origin: "cross down"))
        }
    }

    public mutating func warmUp(_ id: InstrumentID, _ bar: Bar) {
        let close = bar.close.double
        _ = averages[id.index].fast.update(close)
        averages[id.index].isWarm = averages[id.index].slow.update(close) != nil
    }

    @inline(__always)
    private mutating func changeOfMind(_ id: InstrumentID, close: Double) -> Bool? {
        let fast = averages[id.index].fast.update(close)
        guard let slow = averages[id.index].slow.update(close), let fast else { return nil }
        guard averages[id.index].isWarm else {
            averages[id.index].isWarm = true
            return nil
        }
        let distance = fast - slow
        let wantsLong = averages[id.index].wantsLong
        guard wantsLong ? distance < -deadBand : distance > deadBand else { return nil }
        averages[id.index].wantsLong = !wantsLong
        return !wantsLong
    }
}
