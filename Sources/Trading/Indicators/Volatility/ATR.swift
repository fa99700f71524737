/// Average true range, smoothed as J. W. Wilder does.
///
/// TA-Lib's ATR: the first true range is that of the second bar, and the average starts as the mean of `period` of them.
/// ChartSchool and `ta` count the first bar's high less low as a true range and so start a bar earlier.
public struct ATR: BarIndicator {
    private var machine: Machine<ATRKernel>

    /// An average over `period` true ranges, so it takes `period + 1` bars.
    public init(_ period: Period = 14) {
        machine = Machine(ATRKernel(average: .wilder(period)))
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

struct ATRKernel: Kernel {
    private var average: Smoothing
    private var close = 0.0
    private var isFirst = true

    init(average: Smoothing) {
        self.average = average
    }

    var warmUp: Int { average.period + 1 }

    mutating func prime(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        if !isFirst { average.prime(trueRange(bar, after: close)) }
        isFirst = false
        close = bar.close
        return average.value
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        let range = trueRange(bar, after: close)
        close = bar.close
        return average.step(range)
    }
}
