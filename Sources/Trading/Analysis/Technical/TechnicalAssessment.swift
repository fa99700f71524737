public import Determinism
public import TradingModel

/// What the technical node found, one reading an instrument in the order asked for.
public struct TechnicalAssessment: Sendable, Hashable, Codable {
    /// The readings, ascending by instrument.
    public let readings: [TechnicalReading]

    /// The reading of an instrument.
    public subscript(id: InstrumentID) -> TechnicalReading? {
        readings.found(id, by: \.instrument)
    }
}

/// The indicators of one instrument at its last bar and what they add up to.
public struct TechnicalReading: Sendable, Hashable, Codable {
    /// Whether there were bars enough.
    public enum State: Sendable, Hashable, Codable {
        /// The score is there.
        case ready
        /// So many more bars are needed before there is a score.
        case warmingUp(barsNeeded: Int)
    }

    /// The instrument.
    public let instrument: InstrumentID
    /// Whether there were bars enough.
    public let state: State
    /// When the last bar ended; nil for none.
    public let time: Timestamp?
    /// The last close.
    public let close: Double?
    /// The indicators; nil while warming up.
    public let values: TechnicalValues?
    /// What was seen, with weights that add up to one; empty while warming up.
    public let observations: [Observation]
    /// All of it, -1...1; nil while warming up.
    public let score: Double?
    /// BUY, SELL or HOLD by this node alone; HOLD while warming up.
    public let action: Signal.Action
}

/// Indicator values at the last bar.
public struct TechnicalValues: Sendable, Hashable, Codable {
    /// Relative strength index over 14 bars, 0...100.
    public internal(set) var rsi = 50.0
    /// The 12-bar less the 26-bar exponential mean.
    public internal(set) var macd = 0.0
    /// The 9-bar exponential mean of `macd`.
    public internal(set) var macdSignal = 0.0
    /// `macd` less its signal.
    public internal(set) var macdHistogram = 0.0
    /// Bars since the histogram last changed sign; nil where it did not in the window.
    public internal(set) var macdCrossAge: Int?
    /// Two deviations above the 20-bar mean.
    public internal(set) var bollingerUpper = 0.0
    /// The 20-bar mean.
    public internal(set) var bollingerMiddle = 0.0
    /// Two deviations below the 20-bar mean.
    public internal(set) var bollingerLower = 0.0
    /// The mean of 20 closes.
    public internal(set) var mean20 = 0.0
    /// The mean of 50 closes; nil for fewer.
    public internal(set) var mean50: Double?
    /// The mean of 200 closes; nil for fewer.
    public internal(set) var mean200: Double?
    /// The 50-bar mean's change over ten bars as a fraction.
    public internal(set) var slope50: Double?
    /// Average directional index over 14 bars, 0...100: how strong the trend is, up or down.
    public internal(set) var adx = 0.0
    /// Upward movement, percent of the range.
    public internal(set) var plusMovement = 0.0
    /// Downward movement, percent of the range.
    public internal(set) var minusMovement = 0.0
    /// Average true range over 14 bars, in price.
    public internal(set) var averageTrueRange = 0.0
    /// The highest high of 22 bars.
    public internal(set) var highest22 = 0.0
    /// The lowest low of 22 bars.
    public internal(set) var lowest22 = 0.0
    /// Change against the bar before, as a fraction.
    public internal(set) var change1 = 0.0
    /// Change over ten bars, as a fraction.
    public internal(set) var change10 = 0.0
    /// Change over twenty bars, as a fraction.
    public internal(set) var change20 = 0.0
    /// Change from the window's first bar to 21 bars ago, as a fraction; nil for fewer than 126 bars.
    public internal(set) var momentum: Double?
    /// The bars of that change.
    public internal(set) var momentumBars: Int?
    /// The last volume over the mean of the 20 before; nil where those had none.
    public internal(set) var relativeVolume: Double?
    /// Volume of rising less falling bars over all volume of 20 bars, -1...1; nil for no volume.
    public internal(set) var volumeBalance: Double?
    /// The standard deviation of one-bar log returns over 20 bars.
    public internal(set) var deviation20 = 0.0
}

extension Array {
    /// The element of an id, by bisection in an array that ascends by it.
    func found(_ id: InstrumentID, by key: KeyPath<Element, InstrumentID>) -> Element? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle][keyPath: key] < id { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low][keyPath: key] == id ? self[low] : nil
    }
}
