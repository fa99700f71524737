/// An exponential average that starts as the mean of its first `period` values.
///
/// The average is kept as a decaying sum, the form in which J. W. Wilder's worksheets have it: average = sum * gain.
struct Smoothing: Sendable, Equatable, Codable {
    let period: Int
    private let gain: Double
    private var sum: DecayingSum
    private var count = 0

    /// Wilder's weight, 1 / period.
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
        sum = DecayingSum(keep: keep)
    }

    /// True once `period` values have come.
    var isWarm: Bool { count == period }

    /// The average when warm.
    @inline(__always) var value: Double { sum.total * gain }

    /// Takes a value, warm or not.
    mutating func prime(_ input: Double) {
        guard count < period else {
            _ = step(input)
            return
        }
        sum.prime(input)
        count += 1
        if isWarm { sum.restart(at: sum.total / Double(period) / gain) }
    }

    /// Takes a value when warm.
    @inline(__always)
    mutating func step(_ input: Double) -> Double {
        sum.step(input) * gain
    }
}
