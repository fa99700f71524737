/// Weighted moving average: weights 1 for the oldest to `period` for the newest price.
///
/// TA-Lib's WMA, without its running subtraction.
public struct WMA: PriceIndicator {
    private var machine: Machine<WMAKernel>

    /// An average over `period` prices.
    public init(_ period: Period) {
        machine = Machine(WMAKernel(length: period.count))
    }

    public var warmUp: Int { machine.warmUp }

    public mutating func update(_ price: Double) -> Double? {
        machine.update(price)
    }

    public mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        machine.append(prices, into: &output)
    }
}

struct WMAKernel: UniformKernel {
    var sum: RollingWeightedSum
    private let totalWeight: Double

    init(length: Int) {
        sum = RollingWeightedSum(length: length)
        totalWeight = Double(length) * Double(length + 1) / 2
    }

    var warmUp: Int { sum.length }
    var memorySize: Int { RollingWeightedSum.size(sum.length) }
    static var usesMemory: Bool { true }
    var isSound: Bool { sum.isSound && sum.offset == 0 }

    @inline(__always)
    mutating func step(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        sum.push(price, &memory) / totalWeight
    }
}
