package import Determinism

extension Timestamp {
    /// The moment a duration later; the last or first moment that can be counted where it lies beyond.
    package func later(by duration: Duration) -> Timestamp {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.countedNanoseconds)
        guard overflow else { return Timestamp(nanoseconds: sum) }
        return Timestamp(nanoseconds: duration < .zero ? .min : .max)
    }

    /// The nanoseconds since an earlier moment, at least 0, cut at what can be counted.
    package func nanoseconds(since earlier: Timestamp) -> Int64 {
        guard self > earlier else { return 0 }
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return overflow ? .max : difference
    }
}

extension Duration {
    /// Whole nanoseconds, cut at what can be counted.
    package var countedNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard overflow || carry else { return sum }
        return seconds < 0 ? .min : .max
    }
}
