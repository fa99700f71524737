/// Simple moving average: the mean of the last `period` prices.
///
/// TA-Lib's SMA. The sum is formed without subtraction, so it does not drift however long it runs.
public struct SMA: PriceIndicator {
    private var machine: Machine<SMAKernel>

    /// An average over `period` prices.
    public init(_ period: Period) {
        machine = Machine(SMAKernel(sum: RollingSum(length: period.count)))
    }

    public var warmUp: Int { machine.warmUp }

    public mutating func update(_ price: Double) -> Double? {
        machine.update(price)
    }

    public mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        machine.append(prices, into: &output)
    }
}

struct SMAKernel: UniformKernel {
    var sum: RollingSum
    var warmUp: Int { sum.length }
    var memorySize: Int { RollingSum.size(sum.length) }
    static var usesMemory: Bool { true }
    var isSound: Bool { sum.isSound && sum.offset == 0 }

    @inline(__always)
    mutating func step(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        sum.push(price, &memory) / Double(sum.length)
    }
}
