import Determinism
public import TradingModel

/// How much a universe moves: the annualised realised volatility of its equal-weighted index.
///
/// The index's return of a period is the mean of the simple returns, close to close, of the instruments that have a bar
/// in it. Periods are the clock's stretches of one bar length, so that an equity's day and a crypto pair's day, which
/// end at different hours, are one. The volatility is the sample deviation of the last returns times the root of the
/// periods in a year.
public struct VolatilityIndex: Sendable, Hashable, Codable {
    private let periodNanoseconds: Int64
    private let periodsPerYear: Double
    private var closes: [Double]
    private var returns: [Double]
    private var filled = 0
    private var slot = 0
    private var period: Int64?
    private var sum = 0.0
    private var moved = 0

    /// The index of a universe over its last periods; `periods` is at least 2.
    ///
    /// A year counts 252 days of six and a half hours for equities alone, and 365 days of 24 hours with any crypto.
    public init(_ universe: Universe, length: BarLength, periods: Int = 20) {
        precondition(periods >= 2, "a deviation needs two returns")
        let isEquity = universe.instruments.allSatisfy { $0.assetClass == .equity }
        let day = isEquity && !length.isDaily ? 23_400.0 : 86_400.0
        periodsPerYear = (isEquity ? 252 : 365) * day / Double(length.seconds)
        periodNanoseconds = Int64(length.seconds) * 1_000_000_000
        closes = Array(repeating: 0, count: universe.count)
        returns = Array(repeating: 0, count: periods)
    }

    /// Takes in an instrument's bar; a bar of a later period ends the one before. Ids beyond the universe are left out.
    public mutating func add(_ id: InstrumentID, _ bar: Bar) {
        guard closes.indices.contains(id.index), bar.close > 0 else { return }
        let current = (bar.end.nanoseconds - 1) / periodNanoseconds
        if let period, period != current { endPeriod() }
        period = current
        let close = bar.close.double
        if closes[id.index] > 0 {
            sum += close / closes[id.index] - 1
            moved += 1
        }
        closes[id.index] = close
    }

    /// Ends the period under way, where the caller knows that all its bars have come.
    public mutating func endPeriod() {
        defer { (period, sum, moved) = (nil, 0, 0) }
        guard moved > 0 else { return }
        returns[slot] = sum / Double(moved)
        slot = (slot + 1) % returns.count
        filled = min(filled + 1, returns.count)
    }

    /// The volatility as a fraction a year, 0.2 for 20 percent; nil until enough periods have ended.
    public var value: Double? {
        guard filled == returns.count else { return nil }
        let count = Double(filled)
        let mean = returns.reduce(0, +) / count
        let squares = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / (count - 1) * periodsPerYear).squareRoot()
    }

    /// The volatility in percentage points, on the scale of the VIX; nil until enough periods have ended.
    public var points: Double? { value.map { $0 * 100 } }
}
