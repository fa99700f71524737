import Determinism

/// When the last orders were approved.
struct OrderRate: Sendable, Hashable, Codable {
    private var times: ContiguousArray<Int64>
    private var next = 0

    init(capacity: Int) {
        times = ContiguousArray(repeating: .min, count: capacity)
    }

    /// The same times for another limit, as many as it needs.
    func resized(to capacity: Int) -> OrderRate {
        var rate = OrderRate(capacity: capacity)
        let oldestFirst = times[next...] + times[..<next]
        for time in oldestFirst.suffix(capacity) where time != .min { rate.add(Timestamp(nanoseconds: time)) }
        return rate
    }

    mutating func add(_ time: Timestamp) {
        guard !times.isEmpty else { return }
        times[next] = time.nanoseconds
        next = next + 1 == times.count ? 0 : next + 1
    }

    /// How many of the orders that are remembered fell into the 60 seconds before `time`.
    func count(at time: Timestamp) -> Int {
        times.count { $0 != .min && time.nanoseconds - $0 < 60_000_000_000 }
    }

    /// True where as many orders as are remembered fell into the 60 seconds before `time`.
    func isExhausted(at time: Timestamp) -> Bool {
        guard !times.isEmpty else { return false }
        let oldest = times[next]
        return oldest != .min && time.nanoseconds - oldest < 60_000_000_000
    }
}
