import Determinism

/// How fast the time of a market passes: `speed` times as fast as a clock, or without waiting.
struct Pace {
    private let speed: Double?
    private let clock: any TimeSource
    private var origin: (market: Timestamp, wall: Timestamp)?

    /// A pace; nil waits for nothing.
    init(speed: Double?, clock: any TimeSource) {
        self.speed = speed
        self.clock = clock
    }

    /// Waits until a moment of the market is due, in steps short enough to notice `isStopped`.
    mutating func wait(for moment: Timestamp, unless isStopped: () -> Bool) async throws {
        guard let speed else { return }
        let origin = origin ?? (moment, clock.now)
        self.origin = origin
        let distance = Double(moment.nanoseconds - origin.market.nanoseconds) / speed
        let due = Timestamp(nanoseconds: origin.wall.nanoseconds + Int64(min(max(distance, 0), 9e18)))
        while clock.now < due, !isStopped() {
            try await clock.sleep(until: min(due, clock.now + .milliseconds(100)))
        }
    }
}
