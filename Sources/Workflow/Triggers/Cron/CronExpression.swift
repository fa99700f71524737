import Determinism

/// Times of day on days of the calendar, written as five fields: minute, hour, day of month, month, day of week.
///
/// A field is `*`, numbers, names (`JAN`, `MON`), ranges (`1-5`), steps (`*/15`, `10-40/10`, `5/20`) or a list of
/// these; `L` is the last day of a month. Where both day fields are restricted (are not `*`), a day that meets either
/// counts; beside a field that begins with `*`, one that names every day restricts nothing. `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly` and `@annually` stand for expressions.
///
/// When clocks change, Vixie cron's rule holds (cron(8)). An expression whose minute or hour begins with `*` goes by
/// what the clock shows: skipped times do not fire, repeated times fire twice. Any other expression keeps its count:
/// a time that is skipped fires at the first moment after the gap, once for all times in the gap, and a time that
/// comes twice fires the first time only.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    /// The expression as it was written.
    public let description: String
    /// Whether it goes by what the clock shows when clocks change; otherwise every time counts once.
    public let followsClock: Bool
    let minutes: UInt64
    let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    private let weekdays: UInt64
    private let lastDay: Bool
    private let daysOpen: Bool
    private let weekdaysOpen: Bool

    /// Reads an expression; throws what is wrong with its first wrong field, and where.
    public init(_ text: String) throws(CronError) {
        let fields = try CronExpression.fields(of: text)
        description = text
        minutes = fields[0].numbers
        hours = fields[1].numbers
        days = fields[2].numbers
        months = fields[3].numbers
        weekdays = fields[4].numbers
        lastDay = fields[2].lastDay
        daysOpen = fields[2].restrictsNothing(beside: fields[4])
        weekdaysOpen = fields[4].restrictsNothing(beside: fields[2])
        followsClock = fields[0].hasStar || fields[1].hasStar
    }

    private static func fields(of text: String) throws(CronError) -> [CronFieldText] {
        guard text.utf8.count <= 1_000 else { throw CronError(nil, column: 1, "over 1,000 characters are too many") }
        let written = text.drop { CronExpression.isBlank($0) }
        if written.first == "@" { return try fields(of: try meaning(of: written, in: text)) }
        let parts = text.split(whereSeparator: CronExpression.isBlank)
        guard parts.count == CronField.allCases.count else {
            throw CronError(nil, column: 1, "\(parts.count) fields in place of 5: minute hour day month weekday")
        }
        var fields: [CronFieldText] = []
        for (field, part) in zip(CronField.allCases, parts) {
            let column = text.distance(from: text.startIndex, to: part.startIndex) + 1
            fields.append(try CronFieldText(part, field: field, column: column))
        }
        return fields
    }

    private static func meaning(of name: Substring, in text: String) throws(CronError) -> String {
        let name = String(name.split(whereSeparator: isBlank).joined(separator: " ")).lowercased()
        if let meaning = shorthands.first(where: { $0.name == name })?.meaning { return meaning }
        let known = shorthands.map(\.name).joined(separator: ", ")
        let column = (text.firstIndex(of: "@").map { text.distance(from: text.startIndex, to: $0) } ?? 0) + 1
        throw CronError(nil, column: column, "'\(name)' is unknown; known are \(known)")
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static let shorthands: [(name: String, meaning: String)] = [
        ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@weekly", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"), ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"),
    ]
}

extension CronExpression {
    /// Whether the month has any day that could count.
    func includes(month: Int) -> Bool { months >> UInt64(month) & 1 == 1 }

    /// Whether a day counts, its month apart.
    func includes(_ date: CivilDate, day: Int, length: Int) -> Bool {
        let byDay = days >> UInt64(day) & 1 == 1 || lastDay && day == length
        let byWeekday = weekdays >> UInt64((date.weekday.rawValue + 1) % 7) & 1 == 1
        if daysOpen { return byWeekday || weekdaysOpen }
        return weekdaysOpen ? byDay : byDay || byWeekday
    }
}
