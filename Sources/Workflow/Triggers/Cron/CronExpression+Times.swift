public import Determinism

extension CronExpression {
    /// The first firing after a moment; nil where it can never fire, such as on 30 February.
    ///
    /// Nil also beyond the year 2261.
    public func next(after moment: Timestamp, in zone: LocalZone) -> Timestamp? {
        var start = floorDivide(moment.nanoseconds, 1_000_000_000) + 1
        let horizon = min(start + CronExpression.horizon, CronExpression.seconds.upperBound)
        while start < horizon {
            let end = start + CronExpression.window
            if let found = firings(from: start, to: end, in: zone, limit: 1).first { return Timestamp(seconds: found) }
            // The local clock at `end` may be set back by up to a day; nothing before that can fire any more.
            let offset = zone.offset(at: end)
            guard let local = firstLocal(from: end + offset - 86_400) else { return nil }
            start = max(end, local - offset - 2 * 86_400)
        }
        return nil
    }

    /// The last firing before a moment; nil where there is none in the twelve years before it.
    public func previous(before moment: Timestamp, in zone: LocalZone) -> Timestamp? {
        var end = floorDivide(max(moment.nanoseconds, Int64.min + 1) - 1, 1_000_000_000) + 1
        let horizon = max(end - CronExpression.horizon, CronExpression.seconds.lowerBound)
        var window: Int64 = 86_400
        while end > horizon {
            let start = max(end - window, horizon)
            if let found = firings(from: start, to: end, in: zone, limit: .max).last {
                return Timestamp(seconds: found)
            }
            end = start
            window = min(window * 4, 400 * 86_400)
        }
        return nil
    }

    /// The firings from a moment through another, in order, at most `limit` of them.
    public func all(
        from first: Timestamp, through last: Timestamp, in zone: LocalZone, limit: Int = 100_000
    ) -> [Timestamp] {
        var found: [Timestamp] = []
        var moment = Timestamp(nanoseconds: max(first.nanoseconds, Int64.min + 1) - 1)
        while found.count < limit, let next = next(after: moment, in: zone), next <= last {
            let start = next.nanoseconds / 1_000_000_000
            let end = min(start + 30 * 86_400, floorDivide(last.nanoseconds, 1_000_000_000) + 1)
            let part = firings(from: start, to: end, in: zone, limit: limit - found.count)
            found += part.compactMap { Timestamp(seconds: $0) }
            guard let reached = Timestamp(seconds: end - 1) else { break }
            moment = reached
        }
        return found
    }

    /// How far ahead a firing is looked for: longer than the nine years between two 29 Februaries.
    private static let horizon: Int64 = 12 * 366 * 86_400
    private static let window: Int64 = 3 * 86_400
    private static let seconds: ClosedRange<Int64> = {
        let dates = Timestamp.dates
        return Int64(dates.lowerBound.daysSinceEpoch + 3) * 86_400...Int64(dates.upperBound.daysSinceEpoch - 3) * 86_400
    }()

    /// The seconds from `start` up to `end` at which it fires, in order.
    private func firings(from start: Int64, to end: Int64, in zone: LocalZone, limit: Int) -> [Int64] {
        var found: [Int64] = []
        // A clock set back before `start` has already shown the times it shows again.
        for stretch in zone.stretches(from: start - 86_400, to: end) where stretch.end > start {
            add(firingsOf: stretch, from: start, to: &found, limit: limit)
            if found.count >= limit { break }
        }
        return found
    }

    private func add(firingsOf stretch: LocalZone.Stretch, from start: Int64, to found: inout [Int64], limit: Int) {
        var local = max(stretch.start, start) + stretch.offset
        if let before = stretch.before, !followsClock {
            let shown = stretch.start + before
            if let missed = firstLocal(from: shown), missed < stretch.start + stretch.offset, stretch.start >= start {
                found.append(stretch.start)
                local += 1
            }
            local = max(local, shown)
        }
        while found.count < limit, let next = firstLocal(from: local), next < stretch.end + stretch.offset {
            found.append(next - stretch.offset)
            local = next + 60
        }
    }
}
