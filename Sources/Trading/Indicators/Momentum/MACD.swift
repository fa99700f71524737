/// Moving average convergence and divergence: a fast average less a slow one, and an average of that.
///
/// TA-Lib's MACD starts the fast average together with the slow one, from the mean of the last `fast` of the first `slow`
/// prices. Most others (Stock.Indicators, StockCharts) start each average from its own first prices: `.apart`.
/// The two agree once the start is forgotten, which for 12/26/9 takes about 200 prices.
public struct MACD: PriceIndicator {
    private var machine: Machine<MACDKernel>

    /// How the fast average starts.
    public enum Start: String, Sendable, Codable, CaseIterable {
        /// With the slow average: TA-Lib.
        case together
        /// As soon as it can, from the first prices.
        case apart
    }

    /// Averages over `fast`, `slow` and `signal` prices; where `slow` is under `fast` they change places, as in TA-Lib.
    public init(fast: Period = 12, slow: Period = 26, signal: Period = 9, start: Start = .together) {
        machine = Machine(MACDKernel(fast: fast, slow: slow, signal: signal, start: start))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ price: Double) -> MACDValue? {
        machine.update(price)
    }

    public mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        machine.append(prices, into: &output)
    }
}

/// What MACD gives for one price.
public struct MACDValue: IndicatorOutput {
    /// Fast average less slow average.
    public let macd: Double
    /// The average of that.
    public let signal: Double
    /// MACD less signal.
    public let histogram: Double

    public static var columns: [String] { ["macd", "signal", "histogram"] }
    public static var width: Int { 3 }
    public static var absent: MACDValue { MACDValue(macd: .nan, signal: .nan, histogram: .nan) }

    public func write(to output: inout MutableSpan<Double>, at index: Int, stride: Int) {
        output[unchecked: index] = macd
        output[unchecked: index &+ stride] = signal
        output[unchecked: index &+ 2 &* stride] = histogram
    }
}

struct MACDKernel: Kernel {
    private var fast: Smoothing
    private var slow: Smoothing
    private var signal: Smoothing
    /// How many prices the fast average still leaves out.
    private var skipped: Int

    init(fast: Period, slow: Period, signal: Period, start: MACD.Start) {
        let (short, long) = fast.count <= slow.count ? (fast, slow) : (slow, fast)
        self.fast = .exponential(short)
        self.slow = .exponential(long)
        self.signal = .exponential(signal)
        skipped = start == .together ? long.count - short.count : 0
    }

    var warmUp: Int { slow.period + signal.period - 1 }

    mutating func prime(_ price: Double, _ memory: inout MutableSpan<Double>) -> MACDValue {
        if skipped > 0 { skipped -= 1 } else { fast.prime(price) }
        slow.prime(price)
        let macd = fast.value - slow.value
        if slow.isWarm { signal.prime(macd) }
        return MACDValue(macd: macd, signal: signal.value, histogram: macd - signal.value)
    }

    @inline(__always)
    mutating func step(_ price: Double, _ memory: inout MutableSpan<Double>) -> MACDValue {
        let macd = fast.step(price) - slow.step(price)
        let average = signal.step(macd)
        return MACDValue(macd: macd, signal: average, histogram: macd - average)
    }
}
