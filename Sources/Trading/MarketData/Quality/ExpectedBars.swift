public import Determinism
public import TradingModel

/// Which bars there should be.
public enum ExpectedBars: Sendable {
    /// One after the other without a pause, as for crypto.
    case continuous
    /// In the sessions of a calendar.
    case sessions(SessionBounds)
    /// Nobody knows: gaps are not looked for.
    case unknown
}

/// A stretch in which bars are missing.
public struct BarGap: Sendable, Hashable, Codable {
    /// When the first missing bar would have begun.
    public let from: Timestamp
    /// When the last missing bar would have ended.
    public let to: Timestamp
    /// How many are missing.
    public let missing: Int
}

extension BarSeries {
    /// The stretches between the first and the last bar in which expected bars are missing; nil where nobody knows.
    public func gaps(_ length: BarLength, _ expected: ExpectedBars) -> [BarGap]? {
        switch expected {
        case .unknown: nil
        case .continuous: continuousGaps(length)
        case .sessions(let bounds): length.isDaily ? dailyGaps(bounds) : sessionGaps(length, bounds)
        }
    }

    private func continuousGaps(_ length: BarLength) -> [BarGap] {
        let step = Int64(length.seconds) * 1_000_000_000
        var gaps: [BarGap] = []
        for index in indices.dropFirst() {
            let from = self[index - 1].end
            let to = self[index].start
            let missing = (to.nanoseconds - from.nanoseconds) / step
            if missing > 0 { gaps.append(BarGap(from: from, to: to, missing: Int(missing))) }
        }
        return gaps
    }

    private func dailyGaps(_ bounds: SessionBounds) -> [BarGap] {
        guard let first, let last else { return [] }
        var finder = GapFinder()
        var index = startIndex
        for day in first.start.date.daysSinceEpoch...Swift.max(last.start.date, first.start.date).daysSinceEpoch {
            guard let session = bounds(CivilDate(daysSinceEpoch: day)) else { continue }
            while index < endIndex, self[index].end < session.end { index += 1 }
            finder.note(session.start, session.end, isThere: index < endIndex && self[index].end == session.end)
        }
        return finder.finish()
    }

    private func sessionGaps(_ length: BarLength, _ bounds: SessionBounds) -> [BarGap] {
        guard let first, let last else { return [] }
        let step = Int64(length.seconds) * 1_000_000_000
        var finder = GapFinder()
        var index = startIndex
        for day in (first.start.date.daysSinceEpoch - 1)...(last.end.date.daysSinceEpoch + 1) {
            guard let session = bounds(CivilDate(daysSinceEpoch: day)) else { continue }
            var start = session.start.nanoseconds
            while start < session.end.nanoseconds {
                let moment = Timestamp(nanoseconds: start)
                let end = Timestamp(nanoseconds: start + step)
                start += step
                guard moment >= first.start, end <= last.end else { continue }
                while index < endIndex, self[index].start < moment { index += 1 }
                finder.note(moment, end, isThere: index < endIndex && self[index].start == moment)
            }
        }
        return finder.finish()
    }
}

/// Joins missing bars that follow each other into gaps.
private struct GapFinder {
    private var gaps: [BarGap] = []
    private var open: BarGap?

    mutating func note(_ start: Timestamp, _ end: Timestamp, isThere: Bool) {
        if isThere {
            close()
        } else {
            open = BarGap(from: open?.from ?? start, to: end, missing: (open?.missing ?? 0) + 1)
        }
    }

    mutating func finish() -> [BarGap] {
        close()
        return gaps
    }

    private mutating func close() {
        if let open { gaps.append(open) }
        open = nil
    }
}
