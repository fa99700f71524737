package import Determinism

/// Counts acknowledged messages in pieces of ten seconds, and gives the rate of the last five minutes.
package enum ProcessingWindow {
    private static let pieceLength: Int64 = 10_000_000_000
    private static let pieces: Int64 = 30

    /// The piece of time in which a moment lies.
    package static func piece(of time: Timestamp) -> Int64 {
        let (quotient, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: pieceLength)
        return rest < 0 ? quotient - 1 : quotient
    }

    /// The pieces that count at a moment: the one it lies in and the 29 before.
    package static func range(at time: Timestamp) -> ClosedRange<Int64> {
        let last = piece(of: time)
        return last - pieces + 1...last
    }

    /// Messages a minute over the window, or over the queue's age where it is younger; never over less than a minute.
    package static func rate(_ count: Int, created: Timestamp, at time: Timestamp) -> Double {
        let begun = range(at: time).lowerBound.multipliedReportingOverflow(by: pieceLength)
        let start = max(created, Timestamp(nanoseconds: begun.overflow ? .min : begun.partialValue))
        let seconds = max(60, Double(time.nanoseconds(since: start)) / 1e9)
        return Double(count) * 60 / seconds
    }
}
