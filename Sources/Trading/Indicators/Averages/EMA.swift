/// Exponential moving average: a new price weighs 2 / (period + 1).
///
/// TA-Lib's EMA: it starts as the mean of the first `period` prices. ChartSchool's MACD worksheet and pandas'
/// `ewm(adjust=False)` start from the first price instead and agree only after several periods.
public struct EMA: PriceIndicator {
    private var machine: Machine<EMAKernel>

    /// An average whose weights fall off over about `period` prices.
    public init(_ period: Period) {
        machine = Machine(EMAKernel(average: .exponential(period)))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ price: Double) -> Double? {
        machine.update(price)
    }

    public mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        machine.append(prices, into: &output)
    }
}

struct EMAKernel: Kernel {
    var average: Smoothing
    var warmUp: Int { average.period }

    mutating func prime(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        average.prime(price)
        return average.value
    }

    @inline(__always)
    mutating func step(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        average.step(price)
    }
}
