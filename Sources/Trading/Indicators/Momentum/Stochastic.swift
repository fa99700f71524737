/// G. Lane's slow stochastic: where the close lies between the lowest low and the highest high, 0...100, smoothed twice.
///
/// TA-Lib's STOCH with simple averages; %K is 0 where high and low of the window are equal. With `smoothing` 1 it is the
/// fast stochastic (STOCHF).
public struct Stochastic: BarIndicator {
    private var machine: Machine<StochasticKernel>

    /// The raw line over `period` bars, %K its average over `smoothing`, %D the average of %K over `signal`.
    public init(_ period: Period = 14, smoothing: Period = 3, signal: Period = 3) {
        machine = Machine(StochasticKernel(period: period.count, smoothing: smoothing.count, signal: signal.count))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> StochasticValue? {
        machine.update(bar)
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

/// What a stochastic gives for one bar.
public struct StochasticValue: IndicatorOutput {
    /// %K, 0...100.
    public let k: Double
    /// %D, the average of %K.
    public let d: Double

    public static var columns: [String] { ["k", "d"] }
    public static var width: Int { 2 }
    public static var absent: StochasticValue { StochasticValue(k: .nan, d: .nan) }

    public func write(to output: inout MutableSpan<Double>, at index: Int, stride: Int) {
        output[unchecked: index] = k
        output[unchecked: index &+ stride] = d
    }
}

struct StochasticKernel: Kernel {
    private var highs: RollingMaximum
    private var lows: RollingMaximum
    private var raw: RollingMean
    private var slow: RollingMean
    private var seen = 0

    init(period: Int, smoothing: Int, signal: Int) {
        highs = RollingMaximum(length: period)
        lows = RollingMaximum(at: highs.end, length: period)
        raw = RollingMean(at: lows.end, length: smoothing)
        slow = RollingMean(at: raw.end, length: signal)
    }

    var warmUp: Int { highs.length + raw.length + slow.length - 2 }
    var memorySize: Int { slow.end }
    static var usesMemory: Bool { true }
    var isSound: Bool {
        let parts = highs.isSound && lows.isSound && raw.isSound && slow.isSound
        let order = lows.offset >= highs.end && raw.offset >= lows.end && slow.offset >= raw.end
        return parts && order && slow.end < 1_000_000 && (0...warmUp).contains(seen)
    }

    mutating func prime(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> StochasticValue {
        seen += 1
        let position = rawPosition(bar, &memory)
        guard seen >= highs.length else { return .absent }
        let k = raw.push(position, &memory)
        guard seen >= highs.length + raw.length - 1 else { return .absent }
        return StochasticValue(k: k, d: slow.push(k, &memory))
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> StochasticValue {
        let k = raw.push(rawPosition(bar, &memory), &memory)
        return StochasticValue(k: k, d: slow.push(k, &memory))
    }

    @inline(__always)
    private mutating func rawPosition(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        let highest = highs.push(bar.high, &memory)
        let lowest = -lows.push(-bar.low, &memory)
        let range = highest - lowest
        let share = 100 * (bar.close - lowest) / range
        return range == 0 ? 0 : share
    }
}
