/// Relative strength index: the share of gains in all movement, 0...100, smoothed as J. W. Wilder does.
///
/// TA-Lib's RSI: the averages start as means of the first `period` changes, and where nothing moves (both averages under
/// 1e-14) the index is 0. Others give 100 or 50 there, and `ta` starts its averages from zero.
public struct RSI: PriceIndicator {
    private var machine: Machine<RSIKernel>

    /// An index over `period` changes, so it takes `period + 1` prices.
    public init(_ period: Period = 14) {
        machine = Machine(RSIKernel(gains: .wilder(period), losses: .wilder(period)))
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

struct RSIKernel: Kernel {
    var gains: Smoothing
    var losses: Smoothing
    private var previous: Double?
    private var last = 0.0

    init(gains: Smoothing, losses: Smoothing) {
        self.gains = gains
        self.losses = losses
    }

    var warmUp: Int { gains.period + 1 }

    mutating func prime(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        if previous != nil {
            gains.prime(larger(price - last, 0))
            losses.prime(larger(last - price, 0))
        }
        previous = price
        last = price
        return index(gains.value, losses.value)
    }

    @inline(__always)
    mutating func step(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        let change = price - last
        last = price
        return index(gains.step(larger(change, 0)), losses.step(larger(-change, 0)))
    }

    @inline(__always)
    private func index(_ gain: Double, _ loss: Double) -> Double {
        let movement = gain + loss
        let share = 100 * gain / movement
        return movement < negligible ? 0 : share
    }
}
