/// A sum in which each value keeps the share `keep` of its weight from step to step.
///
/// The recurrence is `total = total * keep + value`, computed from the total before last, so that two steps' multiplications
/// overlap and a whole series runs at half the latency. The unfolded form is as stable: `keep` is under 1.
struct DecayingSum: Sendable, Equatable, Codable {
    private let keepTwice: Double
    private var older = 0.0
    private var carried = 0.0
    private let keep: Double
    private(set) var total = 0.0

    init(keep: Double) {
        self.keep = keep
        keepTwice = keep * keep
    }

    /// Adds without decay: how a sum starts.
    mutating func prime(_ value: Double) {
        restart(at: total + value)
    }

    /// Goes on from a given total.
    mutating func restart(at total: Double) {
        self.total = total
        older = 0
        carried = total * keep
    }

    @inline(__always)
    mutating func step(_ value: Double) -> Double {
        let next = older * keepTwice + (carried + value)
        older = total
        total = next
        carried = value * keep
        return next
    }
}
