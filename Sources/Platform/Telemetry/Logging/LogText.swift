public import Determinism

/// How log lines are spelled.
public enum LogText {
    private static let reserved: Set<String> = ["time", "level", "component", "message", "trace"]

    /// One line as a JSON object with the newline after it.
    ///
    /// The keys are `time`, `level`, `component`, `message`, `trace` where there is one, and the fields; a field with
    /// one of those names is written with `field.` before it.
    public static func json(_ record: LogRecord) -> String {
        var text = "{\"time\":\"\(time(record.time))\",\"level\":\"\(record.level.rawValue)\""
        text += ",\"component\":\(quoted(record.component)),\"message\":\(quoted(record.message))"
        if let trace = record.trace { text += ",\"trace\":\(quoted(trace))" }
        for field in record.fields.all {
            let key = reserved.contains(field.key) ? "field.\(field.key)" : field.key
            text += ",\(quoted(key)):\(json(field.value))"
        }
        return text + "}\n"
    }

    /// One line for people, with the newline after it: `2026-01-05T14:30:00.000000000Z WARNING http: slow route=/v1`.
    public static func plain(_ record: LogRecord) -> String {
        var text = "\(time(record.time)) \(record.level.rawValue.uppercased()) "
        text += "\(escaped(record.component)): \(escaped(record.message))"
        for field in record.fields.all { text += " \(escaped(field.key))=\(plain(field.value))" }
        if let trace = record.trace { text += " trace=\(escaped(trace))" }
        return text + "\n"
    }

    /// ISO 8601 in UTC, always with nine decimals, so that lines sort by time.
    public static func time(_ moment: Timestamp) -> String {
        let nanoseconds = moment.nanosecondsOfDay
        let (seconds, fraction) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
        return "\(moment.date)T\(clock.joined(separator: ":")).\(padded(fraction, to: 9))Z"
    }

    /// A text as a JSON string, quotes included.
    static func quoted(_ text: String) -> String {
        "\"\(escaped(text, quote: true))\""
    }

    /// A text with control characters, and everything that could pass for a new line, written as escapes.
    static func escaped(_ text: String, quote: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: { needsEscape($0, quote: quote) }) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            guard needsEscape(scalar, quote: quote) else {
                escaped.unicodeScalars.append(scalar)
                continue
            }
            switch scalar {
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            case "\"", "\\": escaped += "\\\(scalar)"
            default: escaped += "\\u\(HexText.digits(of: UInt64(scalar.value), count: 4))"
            }
        }
        return escaped
    }

    private static func needsEscape(_ scalar: Unicode.Scalar, quote: Bool) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        case 0x22, 0x5C: quote
        // Marks that turn the direction of writing can make a terminal show another line than was written.
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func json(_ value: LogValue) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .integer(let number): String(number)
        case .number(let number): number.isFinite ? "\(number)" : quoted("\(number)")
        case .bool(let flag): flag ? "true" : "false"
        }
    }

    private static func plain(_ value: LogValue) -> String {
        switch value {
        case .text(let text): text.contains(" ") || text.isEmpty ? quoted(text) : escaped(text)
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        }
    }

    private static func padded(_ number: Int64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
