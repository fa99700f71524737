/// R. Donchian's channel: the highest high and lowest low of `period` bars, and the middle between them.
///
/// TA-Lib has no such function, but its MAX and MIN over highs and lows are this one's `.throughPresent`. Stock.Indicators
/// leaves the present bar out, so that a close can break the channel: `.beforePresent`.
public struct Donchian: BarIndicator {
    private var machine: Machine<DonchianKernel>

    /// Which bars the channel covers.
    public enum Reach: String, Sendable, Codable, CaseIterable {
        /// The present bar and those before it.
        case throughPresent = "present"
        /// Only bars before the present one; it takes one more to warm up.
        case beforePresent = "before"
    }

    /// A channel over `period` bars.
    public init(_ period: Period = 20, _ reach: Reach = .throughPresent) {
        machine = Machine(DonchianKernel(length: period.count, reach: reach))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> BandValue? {
        machine.update(bar)
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

struct DonchianKernel: UniformKernel {
    private var highs: RollingMaximum
    private var lows: RollingMaximum
    private let isDelayed: Bool
    private var upper = 0.0
    private var lower = 0.0

    init(length: Int, reach: Donchian.Reach) {
        highs = RollingMaximum(length: length)
        lows = RollingMaximum(at: highs.end, length: length)
        isDelayed = reach == .beforePresent
    }

    var warmUp: Int { highs.length + (isDelayed ? 1 : 0) }
    var memorySize: Int { 2 * RollingMaximum.size(highs.length) }
    static var usesMemory: Bool { true }
    var isSound: Bool {
        highs.isSound && lows.isSound && highs.offset == 0 && lows.offset == highs.end && lows.length == highs.length
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> BandValue {
        let before = (upper: upper, lower: lower)
        upper = highs.push(bar.high, &memory)
        lower = -lows.push(-bar.low, &memory)
        let (top, bottom) = isDelayed ? before : (upper, lower)
        return BandValue(upper: top, middle: (top + bottom) / 2, lower: bottom)
    }
}
