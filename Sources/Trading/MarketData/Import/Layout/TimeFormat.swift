import Determinism

/// How the times of a file are written; one form for the whole file.
enum TimeFormat: Hashable {
    /// `2014-01-02`, also with `/`.
    case isoDate
    /// `2014-01-02 09:30:00.5`, with `Z` or an offset where `zoned`.
    case isoDateTime(zoned: Bool)
    /// `20140102`.
    case compactDate
    /// `20140102 093000` or `20140102 09:30`.
    case compactDateTime
    /// `1/2/2014`, perhaps with a time of day.
    case slashed(DayOrder, hasTime: Bool)
    /// `2-Jan-14` or `02-Jan-2014`.
    case dayMonthName
    /// A count since 1970 in units of so many nanoseconds.
    case unix(unit: Int64)
    /// Milliseconds since the midnight of one day.
    case sinceMidnight(CivilDate)

    /// True where times are moments in UTC and need no zone.
    var isInstant: Bool {
        switch self {
        case .unix, .isoDateTime(zoned: true): true
        default: false
        }
    }

    /// True where there are days alone.
    var isDateOnly: Bool {
        switch self {
        case .isoDate, .compactDate, .dayMonthName, .slashed(_, hasTime: false): true
        default: false
        }
    }
}

/// Reads the times of one file.
struct TimeScanner {
    let format: TimeFormat
    private var cachedDay: Cell?
    private var cachedDayStart: Int64 = 0

    init(_ format: TimeFormat) {
        self.format = format
    }

    /// Nanoseconds since 1970, UTC where the format is an instant and local otherwise; nil for another form.
    @inline(__always)
    mutating func scan(_ cell: Cell) -> Int64? {
        if case .unix(let unit) = format { return TimeScanner.unix(cell, unit: unit) }
        return scanText(cell)
    }

    private mutating func scanText(_ cell: Cell) -> Int64? {
        var digits = TimeDigits(cell)
        switch format {
        case .isoDate: return isoDate(&digits, cell).flatMap { digits.isAtEnd ? $0 : nil }
        case .isoDateTime(let zoned): return isoDateTime(&digits, cell, zoned: zoned)
        case .compactDate: return digits.compactDate().flatMap { digits.isAtEnd ? $0 : nil }
        case .compactDateTime: return TimeScanner.compactDateTime(&digits)
        case .slashed(let order, let hasTime): return TimeScanner.slashed(&digits, order, hasTime: hasTime)
        case .dayMonthName: return digits.dayMonthName()
        case .sinceMidnight(let date): return TimeScanner.sinceMidnight(cell, date)
        case .unix: return nil
        }
    }

    private mutating func isoDate(_ digits: inout TimeDigits, _ cell: Cell) -> Int64? {
        guard cell.count >= 10 else { return nil }
        let day = Cell(start: cell.start, count: 10)
        if let cachedDay, cachedDay.equals(day) {
            digits.skip(10)
            return cachedDayStart
        }
        guard let start = digits.isoDate() else { return nil }
        cachedDay = day
        cachedDayStart = start
        return start
    }

    private mutating func isoDateTime(_ digits: inout TimeDigits, _ cell: Cell, zoned: Bool) -> Int64? {
        guard let day = isoDate(&digits, cell) else { return nil }
        guard digits.skip(byte: 84) || digits.skip(byte: 32), let time = digits.timeOfDay() else { return nil }
        if digits.isAtEnd { return zoned ? nil : day + time }
        guard zoned, let offset = digits.zoneOffset(), digits.isAtEnd else { return nil }
        return day + time - offset
    }

    private static func compactDateTime(_ digits: inout TimeDigits) -> Int64? {
        guard let day = digits.compactDate(), digits.skip(byte: 32) || digits.skip(byte: 84) else { return nil }
        guard let time = digits.compactTime() ?? digits.timeOfDay(), digits.isAtEnd else { return nil }
        return day + time
    }

    private static func slashed(_ digits: inout TimeDigits, _ order: DayOrder, hasTime: Bool) -> Int64? {
        guard let first = digits.number(upTo: 2), digits.skip(byte: 47), let second = digits.number(upTo: 2),
            digits.skip(byte: 47), let year = digits.year()
        else { return nil }
        let (month, day) = order == .monthFirst ? (first, second) : (second, first)
        guard let start = TimeDigits.start(year, month, day) else { return nil }
        if digits.isAtEnd { return hasTime ? nil : start }
        guard hasTime, digits.skip(byte: 32), let time = digits.timeOfDay(), digits.isAtEnd else { return nil }
        return start + time
    }

    private static func sinceMidnight(_ cell: Cell, _ date: CivilDate) -> Int64? {
        guard let milliseconds = integer(cell), (0..<86_400_000).contains(milliseconds) else { return nil }
        return Timestamp(date).nanoseconds + milliseconds * 1_000_000
    }

    @inline(__always)
    private static func unix(_ cell: Cell, unit: Int64) -> Int64? {
        guard let count = integer(cell) else { return fractionalUnix(cell, unit: unit) }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? nil : product
    }

    private static func fractionalUnix(_ cell: Cell, unit: Int64) -> Int64? {
        let scanned = cell.decimal()
        guard scanned.status == .exact || scanned.status == .rounded, scanned.raw > 0 else { return nil }
        let product = scanned.raw.multipliedFullWidth(by: unit)
        return Int64(100_000_000).dividingFullWidth(product).quotient
    }

    @inline(__always)
    static func integer(_ cell: Cell) -> Int64? {
        guard cell.count > 0, cell.count <= 18 || cell.count == 19 && cell.start[0] < 57 else { return nil }
        var value: Int64 = 0
        for index in 0..<cell.count {
            let digit = cell.start[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
        }
        return value
    }
}
