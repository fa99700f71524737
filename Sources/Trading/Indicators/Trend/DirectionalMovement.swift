/// J. W. Wilder's directional indicators +DI and -DI: how much of the true range was movement up, and down, in percent.
///
/// TA-Lib's PLUS_DI and MINUS_DI. See `DirectionalStart` for what others do at the start.
public struct DirectionalMovement: BarIndicator {
    private var machine: Machine<DirectionalKernel>

    /// Indicators over `period` bar-to-bar movements, so they take `period + 1` bars.
    public init(_ period: Period = 14, start: DirectionalStart = .oneShort) {
        machine = Machine(DirectionalKernel(period: period, start: start))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> DirectionalValue? {
        machine.update(bar)
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

/// How Wilder's sums of movements start.
public enum DirectionalStart: String, Sendable, Codable, CaseIterable {
    /// With the sum of `period - 1` movements, smoothed from the next on: TA-Lib.
    case oneShort = "talib"
    /// With the sum of `period` movements: Wilder's worksheet, ChartSchool, Stock.Indicators.
    case full = "wilder"
}

/// What directional movement gives for one bar.
public struct DirectionalValue: IndicatorOutput {
    /// +DI, 0...100.
    public let plus: Double
    /// -DI, 0...100.
    public let minus: Double

    public static var columns: [String] { ["plus_di", "minus_di"] }
    public static var width: Int { 2 }
    public static var absent: DirectionalValue { DirectionalValue(plus: .nan, minus: .nan) }

    public func write(to output: inout MutableSpan<Double>, at index: Int, stride: Int) {
        output[unchecked: index] = plus
        output[unchecked: index &+ stride] = minus
    }

    /// The directional index, how one-sided the movement is, 0...100; nil where there is none.
    @inline(__always)
    var index: Double? {
        let sum = plus + minus
        let share = 100 * (plus - minus).magnitude / sum
        return sum < negligible ? nil : share
    }
}

/// What TA-Lib takes for zero.
let negligible = 1e-14

struct DirectionalKernel: Kernel {
    let period: Int
    private let plain: Int
    private var seen = 0
    private var last = PriceBar(high: 0, low: 0, close: 0)
    private var plus: DecayingSum
    private var minus: DecayingSum
    private var range: DecayingSum

    init(period: Period, start: DirectionalStart) {
        self.period = period.count
        plain = start == .full ? period.count : period.count - 1
        plus = DecayingSum(keep: 1 - 1 / Double(period.count))
        minus = plus
        range = plus
    }

    var warmUp: Int { period + 1 }

    mutating func prime(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> DirectionalValue {
        defer { last = bar }
        seen += 1
        guard seen > 1 else { return .absent }
        guard seen - 1 <= plain else { return step(bar, &memory) }
        let (up, down) = movement(bar)
        plus.prime(up)
        minus.prime(down)
        range.prime(trueRange(bar, after: last.close))
        return value
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> DirectionalValue {
        let (up, down) = movement(bar)
        _ = plus.step(up)
        _ = minus.step(down)
        _ = range.step(trueRange(bar, after: last.close))
        last = bar
        return value
    }

    @inline(__always)
    private func movement(_ bar: PriceBar) -> (up: Double, down: Double) {
        let up = larger(bar.high - last.high, 0)
        let down = larger(last.low - bar.low, 0)
        return (keep(up, whereNegative: down - up), keep(down, whereNegative: up - down))
    }

    /// `value` or 0, by masking: which it will be cannot be predicted, and a branch costs as much as all the rest.
    @inline(__always)
    private func keep(_ value: Double, whereNegative sign: Double) -> Double {
        let mask = UInt64(bitPattern: Int64(bitPattern: sign.bitPattern) >> 63)
        return Double(bitPattern: value.bitPattern & mask)
    }

    @inline(__always)
    private var value: DirectionalValue {
        let scale = 100 / range.total
        let isStill = range.total < negligible
        return DirectionalValue(plus: isStill ? 0 : plus.total * scale, minus: isStill ? 0 : minus.total * scale)
    }
}
