import Configuration
import Determinism
import MarketData

/// `bellwether calendar VENUE`: when a venue trades.
enum CalendarCommand {
    private static let venue = Argument.positional(
        "venue", .oneOf(Venue.self, "VENUE"), "Exchange by its market identifier code, or 24/7 for crypto")
    private static let from = Argument.requiredOption("from", .date, "First date")
    private static let to = Argument.requiredOption("to", .date, "Last date")
    private static let closed = Argument.flag("closed", "List the days without a session and why, instead of sessions")

    private enum Venue: String, CaseIterable, Sendable {
        case newYork = "XNYS"
        case nasdaq = "XNAS"
        case alwaysOpen = "24/7"
    }

    static let command = Command(
        "calendar", "When an exchange trades: sessions, holidays, early closes",
        discussion: """
            Prints CSV: the session's date on the exchange's own calendar (as midnight UTC), its open and close in UTC, \
            and its break, of which the exchanges known here have none. Known from 1990 to 2035.
            """,
        takes: [venue.parameter, from.parameter, to.parameter, closed.parameter],
        examples: [
            .init("bellwether calendar XNYS --from 2026-11-23 --to 2026-11-27", "The week of Thanksgiving 2026"),
            .init(
                "bellwether calendar XNYS --from 2026-01-01 --to 2026-12-31 --closed", "Why it is closed, day by day"),
        ],
        action: run)

    private static func run(_ call: Invocation) async throws -> ExitCode {
        let name = try call.arguments[venue].rawValue
        guard let calendar = ExchangeCalendar.named(name) else { throw UsageError("no calendar '\(name)'") }
        let (first, last) = (try call.arguments[from], try call.arguments[to])
        guard first <= last else { throw UsageError("--from \(first) is after --to \(last)") }
        guard calendar.covers.contains(first), calendar.covers.contains(last) else {
            throw CommandFailure(
                "\(name) is known from \(calendar.covers.lowerBound) to \(calendar.covers.upperBound) only")
        }
        try call.arguments[closed]
            ? printClosedDays(calendar, first, last, call.console) : printSessions(calendar, first, last, call.console)
        return .done
    }

    private static func printSessions(
        _ calendar: ExchangeCalendar, _ first: CivilDate, _ last: CivilDate, _ console: Console
    ) throws {
        if !console.isJSON { try console.print("session,open,close,break_start,break_end") }
        for session in calendar.sessions(from: first, to: last) {
            if console.isJSON {
                let reason = calendar.earlyCloseReason(on: session.date).map { JSONValue.text($0) } ?? .null
                try console.print([
                    "session": .text("\(session.date)"), "open": .text("\(session.open)"),
                    "close": .text("\(session.close)"), "early_close": reason,
                ])
            } else {
                try console.print("\(Timestamp(session.date)),\(session.open),\(session.close),,")
            }
        }
    }

    private static func printClosedDays(
        _ calendar: ExchangeCalendar, _ first: CivilDate, _ last: CivilDate, _ console: Console
    ) throws {
        if !console.isJSON { try console.print("date,reason") }
        var date = first
        while date <= last {
            if let reason = calendar.closedReason(on: date) {
                try console.isJSON
                    ? console.print(["date": .text("\(date)"), "closed": .text(reason)])
                    : console.print("\(date),\(reason)")
            }
            date = date.advanced(by: 1)
        }
    }
}
