import Determinism

/// Reads the digits of a time, left to right; a method that returns nil may have moved on.
struct TimeDigits {
    private let cell: Cell
    private var position = 0

    init(_ cell: Cell) {
        self.cell = cell
    }

    var isAtEnd: Bool { position == cell.count }

    mutating func skip(_ count: Int) { position += count }

    mutating func skip(byte: UInt8) -> Bool {
        guard position < cell.count, cell.start[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        guard position + width <= cell.count else { return nil }
        var value = 0
        for index in position..<position + width {
            let digit = cell.start[index] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        position += width
        return value
    }

    mutating func number(upTo width: Int) -> Int? {
        guard var value = number(1) else { return nil }
        for _ in 1..<width {
            guard let digit = number(1) else { break }
            value = value * 10 + digit
        }
        return value
    }

    /// Four digits, or two that mean 1970 to 2069.
    mutating func year() -> Int? {
        if let year = number(4) { return year }
        guard let short = number(2) else { return nil }
        return short < 70 ? 2000 + short : 1900 + short
    }

    mutating func isoDate() -> Int64? {
        guard let year = number(4), skip(byte: 45) || skip(byte: 47), let month = number(2),
            skip(byte: 45) || skip(byte: 47), let day = number(2)
        else { return nil }
        return TimeDigits.start(year, month, day)
    }

    mutating func compactDate() -> Int64? {
        guard let year = number(4), let month = number(2), let day = number(2) else { return nil }
        return TimeDigits.start(year, month, day)
    }

    mutating func dayMonthName() -> Int64? {
        guard let day = number(upTo: 2), skip(byte: 45), position + 3 <= cell.count else { return nil }
        let name = Cell(start: cell.start + position, count: 3).text.lowercased()
        guard let month = TimeDigits.monthNames.firstIndex(of: name) else { return nil }
        position += 3
        guard skip(byte: 45), let year = year(), isAtEnd else { return nil }
        return TimeDigits.start(year, month + 1, day)
    }

    /// `HHmmss`.
    mutating func compactTime() -> Int64? {
        let before = position
        guard let hour = number(2), let minute = number(2), let second = number(2) else {
            position = before
            return nil
        }
        return TimeDigits.time(hour, minute, second)
    }

    /// `H:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`.
    mutating func timeOfDay() -> Int64? {
        guard let hour = number(upTo: 2), skip(byte: 58), let minute = number(2) else { return nil }
        guard skip(byte: 58) else { return TimeDigits.time(hour, minute, 0) }
        guard let second = number(2), let time = TimeDigits.time(hour, minute, second) else { return nil }
        guard skip(byte: 46) else { return time }
        return fraction().map { time + $0 }
    }

    /// Nanoseconds east of UTC for `Z`, `+01:00`, `-0500`.
    mutating func zoneOffset() -> Int64? {
        if skip(byte: 90) { return 0 }
        let sign: Int64 = skip(byte: 45) ? -1 : 1
        guard sign == -1 || skip(byte: 43), let hours = number(2), hours < 24 else { return nil }
        _ = skip(byte: 58)
        guard let minutes = isAtEnd ? 0 : number(2) else { return nil }
        return sign * Int64(hours * 3600 + minutes * 60) * 1_000_000_000
    }

    private mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var unit: Int64 = 100_000_000
        var count = 0
        while let digit = number(1) {
            value += Int64(digit) * unit
            unit /= 10
            count += 1
        }
        return count > 0 ? value : nil
    }

    private static func time(_ hour: Int, _ minute: Int, _ second: Int) -> Int64? {
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return Int64(hour * 3600 + minute * 60 + second) * 1_000_000_000
    }

    /// Midnight of a date; nil for a date that does not exist or lies outside 1700 to 2261.
    static func start(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
        guard (1700...2261).contains(year), let date = CivilDate(year: year, month: month, day: day) else { return nil }
        return Timestamp(date).nanoseconds
    }

    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}
