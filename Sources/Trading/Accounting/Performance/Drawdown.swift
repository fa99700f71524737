public import Determinism
public import TradingModel

/// A fall of equity from a peak.
public struct Drawdown: Sendable, Hashable, Codable {
    /// Equity before the fall.
    public let peak: Money
    /// When the peak was last seen.
    public let start: Timestamp
    /// Equity at its lowest.
    public let trough: Money
    /// When it was lowest.
    public let bottom: Timestamp
    /// When equity was back at the peak; nil where it never was.
    public let recovery: Timestamp?

    /// The fall as a fraction of the peak, above 1 where equity fell below zero.
    public var depth: Double { 1 - trough.double / peak.double }

    /// From the peak to the recovery; nil where there was none.
    public var length: Duration? { recovery.map { $0 - start } }
}

/// Finds the deepest drawdown of equities given one by one.
@usableFromInline
struct DrawdownTracker: Sendable, Hashable, Codable {
    @usableFromInline var peak = Money(raw: -.max)
    @usableFromInline var trough = Money(raw: -.max)
    @usableFromInline var start = Timestamp(nanoseconds: 0)
    @usableFromInline var bottom = Timestamp(nanoseconds: 0)
    private var deepestRecovered: Drawdown?

    init() {}

    @inlinable
    mutating func add(_ equity: Money, at time: Timestamp) {
        if equity.raw >= peak.raw {
            if trough.raw < peak.raw { recover(at: time) }
            (peak, trough, start) = (equity, equity, time)
        } else if equity.raw < trough.raw {
            (trough, bottom) = (equity, time)
        }
    }

    /// The deepest so far, the one that lasts included; of two as deep the earlier.
    var deepest: Drawdown? { deeper(deepestRecovered, running(recovery: nil)) }

    @usableFromInline
    mutating func recover(at time: Timestamp) {
        deepestRecovered = deeper(deepestRecovered, running(recovery: time))
    }

    private func running(recovery: Timestamp?) -> Drawdown? {
        guard peak > 0, trough < peak else { return nil }
        return Drawdown(peak: peak, start: start, trough: trough, bottom: bottom, recovery: recovery)
    }

    private func deeper(_ earlier: Drawdown?, _ later: Drawdown?) -> Drawdown? {
        guard let earlier, let later else { return earlier ?? later }
        return later.depth > earlier.depth ? later : earlier
    }
}
