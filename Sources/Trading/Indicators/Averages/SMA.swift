/// Simple moving average: the mean of the last `period` prices.
///
/// TA-Lib's SMA. Nothing is subtracted from a running sum, so it does not drift however long it runs, and the average of equal prices
/// is that price.
public struct SMA: PriceIndicator {
    private var machine: Machine<SMAKernel>

    /// An average over `period` prices.
    public init(_ period: Period) {
        machine = Machine(SMAKernel(length: period.count))
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

struct SMAKernel: BlockKernel {
    typealias Input = Double
    typealias Output = Double

    private var mean: RollingMean

    init(length: Int) {
        mean = RollingMean(length: length)
    }

    var warmUp: Int { mean.length }
    var memorySize: Int { RollingMean.size(mean.length) }
    var isSound: Bool { mean.isSound && mean.offset == 0 }
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
