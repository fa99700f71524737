public import Determinism
public import TradingModel

/// When an exchange trades: its sessions, and why it is closed on a day without one.
///
/// Answers come from tables built once for the process, or from arithmetic: a look-up allocates nothing and takes
/// constant time. Interruptions within a session (circuit breakers, a snowed-in opening) are not part of a calendar.
public struct ExchangeCalendar: Sendable, CustomStringConvertible {
    enum Hours: Sendable {
        case newYork
        case always
    }

    /// The market identifier code, or `24/7`.
    public let name: String
    /// The first and last date it knows; outside there are no sessions.
    public let covers: ClosedRange<CivilDate>
    let hours: Hours

    /// The New York Stock Exchange, 1990 to 2035.
    public static let newYorkStockExchange = ExchangeCalendar("XNYS", .newYork, SessionTable.newYork.covers)

    /// Nasdaq, 1990 to 2035; it keeps the sessions of the New York Stock Exchange.
    public static let nasdaq = ExchangeCalendar("XNAS", .newYork, SessionTable.newYork.covers)

    /// Round the clock: each UTC day from 1970 to 2199 is a session.
    public static let alwaysOpen = ExchangeCalendar(
        "24/7", .always, CivilDate(daysSinceEpoch: 0)...CivilDate(daysSinceEpoch: 84_005))

    /// The calendar called `XNYS`, `XNAS` or `24/7`; nil for any other name.
    public static func named(_ name: String) -> ExchangeCalendar? {
        [newYorkStockExchange, nasdaq, alwaysOpen].first { $0.name == name }
    }

    /// The calendar that instruments of a class follow: XNYS for equities, 24/7 for crypto.
    public static func of(_ assetClass: AssetClass) -> ExchangeCalendar {
        switch assetClass {
        case .equity: newYorkStockExchange
        case .crypto: alwaysOpen
        }
    }

    public var description: String { name }

    /// Why a weekday has no session, such as `Good Friday`; nil for weekends, for days with one, and outside `covers`.
    public func holiday(on date: CivilDate) -> String? {
        guard hours == .newYork, covers.contains(date) else { return nil }
        return NewYorkHolidays.holiday(on: date)
    }

    /// Why the session of a date closes early, such as `Christmas Eve`; nil where it does not.
    public func earlyCloseReason(on date: CivilDate) -> String? {
        guard session(on: date)?.isEarlyClose == true else { return nil }
        return NewYorkHolidays.earlyClose(on: date)?.reason
    }

    /// Why there is no session on a date, in words: a holiday, the weekend, or a date not covered; nil where there is.
    public func closedReason(on date: CivilDate) -> String? {
        guard session(on: date) == nil else { return nil }
        guard covers.contains(date) else {
            return "outside the calendar \(name), which covers \(covers.lowerBound) to \(covers.upperBound)"
        }
        return holiday(on: date) ?? "Weekend"
    }

    private init(_ name: String, _ hours: Hours, _ covers: ClosedRange<CivilDate>) {
        self.name = name
        self.hours = hours
        self.covers = covers
    }
}
