/// Volume-weighted average price since the trading day began, of typical prices.
///
/// It starts afresh whenever `PriceBar.day` changes, and has no value while the day has no volume (nil, and NaN in columns).
/// TA-Lib has no such function. Given bars of one day only, it is the average since the first bar (Stock.Indicators).
public struct VWAP: BarIndicator {
    private var machine: Machine<VWAPKernel>

    /// An average that starts with each trading day.
    public init() {
        machine = Machine(VWAPKernel())
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> Double? {
        machine.update(bar).flatMap { $0.isNaN ? nil : $0 }
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

struct VWAPKernel: UniformKernel {
    private var day = Int.min
    private var turnover = 0.0
    private var volume = 0.0
    var warmUp: Int { 1 }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        if bar.day != day {
            day = bar.day
            turnover = 0
            volume = 0
        }
        turnover += bar.typicalPrice * bar.volume
        volume += bar.volume
        return volume > 0 ? turnover / volume : .nan
    }
}
