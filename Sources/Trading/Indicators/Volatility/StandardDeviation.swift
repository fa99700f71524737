/// Standard deviation of the last `period` prices.
///
/// TA-Lib's STDDEV with one deviation is the population's, the default here. TA-Lib subtracts running sums of squares: it
/// loses digits where prices are large against their movement, and calls variances under 1e-14 zero. This keeps full
/// precision at any offset.
public struct StandardDeviation: PriceIndicator {
    private var machine: Machine<DeviationKernel>

    /// What the squared distances are divided by.
    public enum Basis: String, Sendable, Codable, CaseIterable {
        /// By their number.
        case population
        /// By their number less one; the deviation of a single price is 0.
        case sample
    }

    /// A deviation over `period` prices.
    public init(_ period: Period, _ basis: Basis = .population) {
        machine = Machine(DeviationKernel(length: period.count, correction: basis == .sample ? 1 : 0))
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

struct DeviationKernel: BlockKernel {
    typealias Input = Double
    typealias Output = Double

    private var moments: RollingMoments

    init(length: Int, correction: Int) {
        moments = RollingMoments(length: length, correction: correction)
    }

    var warmUp: Int { moments.length }
    var memorySize: Int { RollingMoments.size(moments.length) }
    var isSound: Bool { moments.isSound }
    @inline(__always) var reach: Int { moments.reach }

    @inline(__always)
    mutating func startBlock(at price: Double, _ memory: inout MutableSpan<Double>) {
        moments.startBlock(at: price, &memory)
    }

    @inline(__always)
    mutating func stepInBlock(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        moments.pushInBlock(price, &memory).variance.squareRoot()
    }
}
