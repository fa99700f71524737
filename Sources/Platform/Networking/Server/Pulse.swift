import Determinism

/// Time as deadlines need it: it goes forward only, and a wall clock that is set does not end connections.
struct Pulse: Sendable {
    /// One beat never counts for more than this.
    private static let longest = Duration.seconds(1)

    private var last: Timestamp
    /// How long the beats have been going.
    private(set) var elapsed = Duration.zero

    init(start: Timestamp) {
        last = start
    }

    /// The clock shows `now`.
    mutating func beat(_ now: Timestamp) {
        elapsed += min(max(now - last, .zero), Pulse.longest)
        last = now
    }
}
