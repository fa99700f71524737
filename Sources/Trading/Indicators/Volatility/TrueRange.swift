/// True range: how far the price ranged, counting a gap from the close before.
///
/// TA-Lib's TRANGE: the first bar has none, since nothing is before it.
public struct TrueRange: BarIndicator {
    private var machine: Machine<TrueRangeKernel>

    /// A true range.
    public init() {
        machine = Machine(TrueRangeKernel())
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> Double? {
        machine.update(bar)
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

struct TrueRangeKernel: UniformKernel {
    private var close = 0.0
    var warmUp: Int { 2 }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        let range = trueRange(bar, after: close)
        close = bar.close
        return range
    }
}

@inline(__always)
func trueRange(_ bar: PriceBar, after close: Double) -> Double {
    larger(bar.high, close) - -larger(-bar.low, -close)
}
