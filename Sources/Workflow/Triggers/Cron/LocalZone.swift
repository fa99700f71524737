import Foundation

/// A time zone by its IANA name, with its changes of clock.
public struct LocalZone: Sendable, Hashable {
    /// A time between two changes of clock, or a part of it.
    struct Stretch {
        /// Its first second, since the epoch.
        let start: Int64
        /// The second after its last.
        let end: Int64
        /// Seconds east of UTC.
        let offset: Int64
        /// The offset before, where the clock changed at `start`.
        let before: Int64?
    }

    /// Its name, such as `America/New_York`.
    public let name: String
    private let zone: TimeZone

    /// The zone of an IANA name; throws for an unknown one.
    public init(_ name: String) throws(TriggerError) {
        let isName = name.utf8.allSatisfy { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 }
        guard isName, name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else {
            throw TriggerError(.timeZone, "'\(name)' is no time zone; write a name such as America/New_York or UTC")
        }
        self.name = name
        self.zone = zone
    }

    /// Seconds east of UTC at a moment given in seconds since the epoch.
    func offset(at second: Int64) -> Int64 {
        let moment = Date(timeIntervalSince1970: Double(second))  // determinism-ok: a given moment, not the clock
        return Int64(zone.secondsFromGMT(for: moment))
    }

    /// The stretches that make up the seconds from `start` up to `end`.
    ///
    /// Two changes of clock within six hours, which no zone has, could go unseen.
    func stretches(from start: Int64, to end: Int64) -> [Stretch] {
        var stretches: [Stretch] = []
        var begin = start
        var offset = self.offset(at: start)
        // A change at `start` itself belongs to what follows.
        let earlier = self.offset(at: start - 1)
        var before = earlier == offset ? nil : Optional(earlier)
        var sample = start
        while sample < end {
            let next = min(sample + 21_600, end)
            let change = self.offset(at: next - 1) == offset ? nil : change(after: max(sample - 1, begin), by: next - 1)
            if let change {
                stretches.append(Stretch(start: begin, end: change, offset: offset, before: before))
                (begin, before) = (change, offset)
                offset = self.offset(at: change)
                sample = change
            } else {
                sample = next
            }
        }
        stretches.append(Stretch(start: begin, end: end, offset: offset, before: before))
        return stretches
    }

    /// The first second with another offset than `low` has; `high` must be one.
    private func change(after low: Int64, by high: Int64) -> Int64 {
        let offset = self.offset(at: low)
        var (low, high) = (low, high)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if self.offset(at: middle) == offset { low = middle } else { high = middle }
        }
        return high
    }
}
