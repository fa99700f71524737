import Determinism
import TradingModel

/// Puts the start and the end of each trading day around the events of a feed.
struct DayBoundaries: Sendable {
    private let rule: TradingDayRule
    /// The day that has started and not yet ended.
    private(set) var day: CivilDate?
    /// The end of that day; before all time where no day is open, so that one comparison tells.
    private var end = Timestamp(nanoseconds: .min)

    init(_ rule: TradingDayRule, openDay: CivilDate? = nil) {
        self.rule = rule
        day = openDay
        if let openDay { end = rule.end(of: openDay) }
    }

    /// True where an event of this time needs no boundary before it.
    func covers(_ time: Timestamp) -> Bool {
        time <= end
    }

    /// The boundary to deliver before an event that is not covered: the end of the open day, else the start of its own.
    mutating func boundary(before time: Timestamp) -> MarketEvent {
        if let ended = close() { return ended }
        let started = rule.day(ofEventAt: time)
        day = started
        end = rule.end(of: started)
        return .dayStarted(started, at: rule.start(of: started))
    }

    /// When that boundary is.
    func boundaryTime(before time: Timestamp) -> Timestamp {
        day == nil ? rule.start(of: rule.day(ofEventAt: time)) : end
    }

    /// Ends the open day; nil where none is open.
    mutating func close() -> MarketEvent? {
        guard let ended = day else { return nil }
        defer { end = Timestamp(nanoseconds: .min) }
        day = nil
        return .dayEnded(ended, at: end)
    }

    /// When the open day ends; nil where none is open.
    var closingTime: Timestamp? { day == nil ? nil : end }
}
