/// J. Bollinger's bands: a simple average, and lines some population deviations above and below it.
///
/// TA-Lib's BBANDS with a simple average. The precision is that of `StandardDeviation`.
public struct BollingerBands: PriceIndicator {
    private var machine: Machine<BollingerKernel>

    /// Bands `deviations` wide on each side of the average over `period` prices.
    public init(_ period: Period = 20, deviations: Double = 2) {
        machine = Machine(BollingerKernel(length: period.count, deviations: deviations))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ price: Double) -> BandValue? {
        machine.update(price)
    }

    public mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        machine.append(prices, into: &output)
    }
}

/// What Bollinger bands give for one price.
public struct BandValue: IndicatorOutput {
    /// The upper line.
    public let upper: Double
    /// The line between them.
    public let middle: Double
    /// The lower line.
    public let lower: Double

    public static var columns: [String] { ["upper", "middle", "lower"] }
    public static var width: Int { 3 }
    public static var absent: BandValue { BandValue(upper: .nan, middle: .nan, lower: .nan) }

    public func write(to output: inout MutableSpan<Double>, at index: Int, stride: Int) {
        output[unchecked: index] = upper
        output[unchecked: index &+ stride] = middle
        output[unchecked: index &+ 2 &* stride] = lower
    }
}

struct BollingerKernel: BlockKernel {
    typealias Input = Double
    typealias Output = BandValue

    private var moments: RollingMoments
    private let deviations: Double

    init(length: Int, deviations: Double) {
        moments = RollingMoments(length: length, correction: 0)
        self.deviations = deviations
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
    mutating func stepInBlock(_ price: Double, _ memory: inout MutableSpan<Double>) -> BandValue {
        let (mean, variance) = moments.pushInBlock(price, &memory)
        let distance = variance.squareRoot() * deviations
        return BandValue(upper: mean + distance, middle: mean, lower: mean - distance)
    }
}
