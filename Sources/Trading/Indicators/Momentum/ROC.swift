/// Rate of change: how far the price is from the one of `period` ago, in percent of that.
///
/// TA-Lib's ROC; 0 where the earlier price is 0.
public struct ROC: PriceIndicator {
    private var machine: Machine<ROCKernel>

    /// The change over `period` prices.
    public init(_ period: Period = 10) {
        machine = Machine(ROCKernel(delay: Delay(length: period.count)))
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

struct ROCKernel: UniformKernel {
    var delay: Delay
    var warmUp: Int { delay.length + 1 }
    var memorySize: Int { delay.length }
    static var usesMemory: Bool { true }
    var isSound: Bool { delay.isSound }

    @inline(__always)
    mutating func step(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        let earlier = delay.push(price, &memory)
        let change = (price / earlier - 1) * 100
        return earlier == 0 ? 0 : change
    }
}
