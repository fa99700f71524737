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
    private let keep: Double
    private let plain: Int
    private var seen = 0
    private var last = PriceBar(high: 0, low: 0, close: 0)
    private var plus = 0.0
    private var minus = 0.0
    private var range = 0.0

    init(period: Period, start: DirectionalStart) {
        self.period = period.count
        keep = 1 - 1 / Double(period.count)
        plain = start == .full ? period.count : period.count - 1
    }

    var warmUp: Int { period + 1 }

    mutating func prime(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> DirectionalValue {
        defer { last = bar }
        seen += 1
        guard seen > 1 else { return .absent }
        add(bar, keeping: seen - 1 <= plain ? 1 : keep)
        return value
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> DirectionalValue {
        add(bar, keeping: keep)
        last = bar
        return value
    }

    @inline(__always)
    private mutating func add(_ bar: PriceBar, keeping share: Double) {
        let up = bar.high - last.high
        let down = last.low - bar.low
        plus = plus * share + (up > larger(down, 0) ? up : 0)
        minus = minus * share + (down > larger(up, 0) ? down : 0)
        range = range * share + trueRange(bar, after: last.close)
    }

    @inline(__always)
    private var value: DirectionalValue {
        let scale = range < negligible ? 0 : 100 / range
        return DirectionalValue(plus: plus * scale, minus: minus * scale)
    }
}
