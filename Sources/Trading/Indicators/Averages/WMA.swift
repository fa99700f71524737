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

    @inline(__always)
    public mutating func update(_ price: Double) -> Double? {
        machine.update(price)
    }

    public mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        machine.append(prices, into: &output)
    }
}

struct WMAKernel: BlockKernel {
    typealias Input = Double
    typealias Output = Double

    private var mean: RollingWeightedMean

    init(length: Int) {
        mean = RollingWeightedMean(length: length)
    }

    var warmUp: Int { mean.length }
    var memorySize: Int { RollingWeightedMean.size(mean.length) }
    var isSound: Bool { mean.isSound }
    @inline(__always) var reach: Int { mean.reach }

    @inline(__always)
    mutating func startBlock(at price: Double, _ memory: inout MutableSpan<Double>) {
        mean.startBlock(at: price, &memory)
    }

    @inline(__always)
    mutating func stepInBlock(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        mean.pushInBlock(price, &memory)
    }
}
