/// A row that cannot be true, and why.
public struct BadRow: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What can be wrong with a row.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// The time cannot be read.
        case unparsableTime = "is no time of this file's form"
        /// The clock of the zone skips this time.
        case skippedTime = "does not exist in the time zone"
        /// A number cannot be read.
        case unparsableNumber = "is no number"
        /// A cell is empty.
        case missing = "is empty"
        /// There are fewer or more cells than columns.
        case cellCount = "has another number of cells than the file has columns"
        /// A price of zero or below.
        case priceNotPositive = "is a price not above zero"
        /// The high is below, or the low above, another price.
        case highLowDoNotBound = "has a high and low that do not bound open and close"
        /// A volume below zero.
        case volumeNegative = "is a negative volume"
        /// A number too large, or too small for eight decimals.
        case outOfRange = "is out of range"
        /// The time was there already.
        case duplicateTime = "repeats a time"
        /// The row stands between later or earlier ones.
        case outOfOrder = "is out of order"
        /// The bar begins before the one before it has ended.
        case overlaps = "begins before the bar before it has ended"
        /// The calendar has no session on that day.
        case noSession = "is on a day without a session"
        /// The bar does not end after it started.
        case endsBeforeStart = "ends before it starts"
    }

    /// The line of the decompressed file, from 1; for JSON the element's number in its array, from 1.
    public let line: Int
    /// The column, where one is to blame.
    public let column: String?
    /// The offending text, shortened, with control characters escaped.
    public let text: String
    /// What is wrong.
    public let reason: Reason

    /// A bad row; `text` is shortened and escaped here.
    public init(line: Int, column: String?, text: String, reason: Reason) {
        self.line = line
        self.column = column
        self.text = BadRow.readable(text)
        self.reason = reason
    }

    /// `line 3, open: '-' is no number`.
    public var description: String {
        let place = column.map { "line \(line), \($0)" } ?? "line \(line)"
        return "\(place): '\(text)' \(reason.rawValue)"
    }

    /// At most 60 characters, with everything that is not printable written as `\xNN` or `\u{N}`.
    static func readable(_ text: String) -> String {
        let escaped = text.unicodeScalars.prefix(61).map { scalar -> String in
            switch scalar.value {
            case 0x20...0x7E: String(scalar)
            case 0...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }
        return escaped.count > 60 ? escaped.prefix(60).joined() + "…" : escaped.joined()
    }
}
