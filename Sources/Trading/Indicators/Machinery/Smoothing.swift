/// An exponential average that starts as the mean of its first `period` values.
struct Smoothing: Sendable, Equatable, Codable {
    let period: Int
    /// The weight of a new value and what the old average keeps; they add up to 1.
    let gain: Double
    let keep: Double
    private var count = 0
    private(set) var value = 0.0

    /// J. W. Wilder's weight, 1 / period.
    static func wilder(_ period: Period) -> Smoothing {
        let length = Double(period.count)
        return Smoothing(period, gain: 1 / length, keep: (length - 1) / length)
    }

    /// The usual weight, 2 / (period + 1).
    static func exponential(_ period: Period) -> Smoothing {
        let length = Double(period.count)
        return Smoothing(period, gain: 2 / (length + 1), keep: (length - 1) / (length + 1))
    }

    private init(_ period: Period, gain: Double, keep: Double) {
        self.period = period.count
        self.gain = gain
        self.keep = keep
    }

    /// True once `period` values have come.
    var isWarm: Bool { count == period }

    /// Takes a value, warm or not.
    mutating func prime(_ input: Double) {
        guard count < period else {
            _ = step(input)
            return
        }
        value += input
        count += 1
        if isWarm { value /= Double(period) }
    }

    /// Takes a value when warm.
    @inline(__always)
    mutating func step(_ input: Double) -> Double {
        value = value * keep + input * gain
        return value
    }
}
