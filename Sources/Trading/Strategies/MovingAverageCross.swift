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

    @usableFromInline
    struct Averages: Sendable, Codable {
        @usableFromInline var fast: SMA
        @usableFromInline var slow: SMA
        @usableFromInline var isWarm = false
        @usableFromInline var wantsLong = false

        /// True for a cross up, false for a cross down, nil for neither.
        @inlinable @inline(__always)
        mutating func changeOfMind(close: Double, deadBand: Double) -> Bool? {
            let fast = fast.update(close)
            guard let slow = slow.update(close), let fast else { return nil }
            guard isWarm else {
                isWarm = true
                return nil
            }
            let distance = wantsLong ? slow - fast : fast - slow
            guard distance > deadBand else { return nil }
            wantsLong.toggle()
            return wantsLong
        }
    }

    @usableFromInline var averages: ContiguousArray<Averages>
    @usableFromInline let deadBand: Double
    private let sizing: Sizing

    /// A cross of two simple moving averages; `fast` and `slow` count bars, `deadBand` is in units of the price.
    public init(fast: Period, slow: Period, deadBand: Double, sizing: Sizing, instruments: Int) {
        let blank = Averages(fast: SMA(fast), slow: SMA(slow))
        averages = ContiguousArray(repeating: blank, count: instruments)
        self.deadBand = deadBand
        self.sizing = sizing
    }

    @inlinable @inline(__always)
    public mutating func decide(
        _ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent]
    ) {
        let change = averages[id.index].changeOfMind(close: bar.close.double, deadBand: deadBand)
        guard let change else { return }
        intents.append(change ? entry(id, cash: portfolio.cash) : exit(id, held: portfolio[id].quantity))
    }

    @usableFromInline @inline(never)
    func entry(_ id: InstrumentID, cash: Money) -> Intent {
        let size: OrderSize =
            switch sizing {
            case .units(let quantity): .units(quantity)
            case .allCash: .notional(cash)
            }
        return Intent(instrument: id, side: .buy, size: size, origin: "cross up")
    }

    @usableFromInline @inline(never)
    func exit(_ id: InstrumentID, held: Quantity) -> Intent {
        Intent(instrument: id, side: .sell, size: .units(held), reduceOnly: true, origin: "cross down")
    }

    public mutating func warmUp(_ id: InstrumentID, _ bar: Bar) {
        let close = bar.close.double
        _ = averages[id.index].fast.update(close)
        averages[id.index].isWarm = averages[id.index].slow.update(close) != nil
    }
}
