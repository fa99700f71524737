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

    /// Waits until a moment of the market is due, in steps short enough to notice what calls it off; false where that
    /// came first.
    mutating func wait(for moment: Timestamp, unless isCalledOff: () throws -> Bool) async throws -> Bool {
        guard let speed else { return true }
        let origin = origin ?? (moment, clock.now)
        self.origin = origin
        let due = due(moment, speed, origin)
        while clock.now < due {
            if try isCalledOff() { return false }
            try await clock.sleep(until: min(due, clock.now + .milliseconds(100)))
        }
        return true
    }

    /// What time it is on the market's clock; nil where its time does not pass at a pace.
    var now: Timestamp? {
        guard let speed, let origin else { return nil }
        let passed = Double(clock.now.nanoseconds - origin.wall.nanoseconds) * speed
        return Timestamp(nanoseconds: origin.market.nanoseconds + Int64(min(max(passed, 0), 1e18)))
    }

    /// Whether waiting for a moment will take long enough that a person sees it.
    func rests(before moment: Timestamp) -> Bool {
        guard let speed else { return false }
        guard let origin else { return true }
        return due(moment, speed, origin) >= clock.now + .milliseconds(50)
    }

    private func due(_ moment: Timestamp, _ speed: Double, _ origin: (market: Timestamp, wall: Timestamp)) -> Timestamp
    {
        let distance = Double(moment.nanoseconds - origin.market.nanoseconds) / speed
        return Timestamp(nanoseconds: origin.wall.nanoseconds + Int64(min(max(distance, 0), 9e18)))
    }
}
