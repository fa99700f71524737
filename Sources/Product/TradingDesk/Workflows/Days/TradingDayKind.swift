public import Determinism
public import MarketData

/// What sort of day a session is, which says which workflow is run.
public enum TradingDayKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A day like others.
    case standard
    /// A company that is traded tells its results.
    case earnings
    /// The Federal Open Market Committee tells its decision.
    case fomc
    /// The options of the month expire.
    case optionsExpiration = "options_expiration"

    /// The name of the workflow that ships for it.
    public var workflow: String {
        switch self {
        case .standard: "standard-trading-day"
        case .earnings: "earnings-day"
        case .fomc: "fomc-day"
        case .optionsExpiration: "options-expiration-day"
        }
    }
}

/// Chooses the sort of a day from the calendar and from dates that were given; none is guessed.
public struct TradingDayChooser: Sendable, Hashable, Codable {
    /// The dates on which the committee tells its decision.
    public var fomc: [CivilDate]
    /// The dates on which companies that are traded tell their results.
    public var earnings: [CivilDate]

    /// A chooser that knows these dates.
    public init(fomc: [CivilDate] = [], earnings: [CivilDate] = []) {
        self.fomc = fomc
        self.earnings = earnings
    }

    /// Everything that a date is besides a standard day, the most careful sort first: the first one is run.
    public func kinds(on date: CivilDate, calendar: ExchangeCalendar) -> [TradingDayKind] {
        var kinds: [TradingDayKind] = []
        if fomc.contains(date) { kinds.append(.fomc) }
        if TradingDayChooser.isOptionsExpiration(date, calendar: calendar) { kinds.append(.optionsExpiration) }
        if earnings.contains(date) { kinds.append(.earnings) }
        return kinds
    }

    /// What a date is run as.
    public func kind(on date: CivilDate, calendar: ExchangeCalendar) -> TradingDayKind {
        kinds(on: date, calendar: calendar).first ?? .standard
    }

    /// Whether the options of the month expire: on its third Friday, or on the session before where that is closed.
    public static func isOptionsExpiration(_ date: CivilDate, calendar: ExchangeCalendar) -> Bool {
        let (year, month, _) = date.components
        guard calendar.name != ExchangeCalendar.alwaysOpen.name,
            let first = CivilDate(year: year, month: month, day: 15)
        else { return false }
        let days = (Weekday.friday.rawValue - first.weekday.rawValue + 7) % 7
        var expiration = first.advanced(by: days)
        while calendar.session(on: expiration) == nil, expiration > first.advanced(by: -7) {
            expiration = expiration.advanced(by: -1)
        }
        return date == expiration
    }
}
