extension Timestamp: CustomStringConvertible, LosslessStringConvertible, Codable {
    /// ISO 8601 in UTC with as many decimals of a second as needed: `2014-01-02T21:00:00Z`.
    public var description: String {
        let time = nanosecondsOfDay
        let (seconds, fraction) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }.joined(separator: ":")
        guard fraction > 0 else { return "\(date)T\(clock)Z" }
        var digits = padded(fraction, to: 9)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(date)T\(clock).\(digits)Z"
    }

    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS[.fraction]]`, followed by `Z`, `+HH:MM`, `-HH:MM` or nothing (UTC).
    ///
    /// A blank may stand in the place of the `T`. Nil for anything else, and outside the years 1678 to 2261.
    public init?(_ text: String) {
        var scanner = DigitScanner(text.utf8)
        guard let date = scanner.date(), Timestamp.dates.contains(date) else { return nil }
        guard !scanner.isAtEnd else {
            self.init(date)
            return
        }
        guard scanner.skip("T") || scanner.skip(" "), let time = scanner.timeOfDay() else { return nil }
        guard let offset = scanner.zoneOffset(), scanner.isAtEnd else { return nil }
        let (moment, overflow) = Timestamp(date).nanoseconds.addingReportingOverflow(time - offset)
        guard !overflow else { return nil }
        self.init(nanoseconds: moment)
    }

    /// Reads the ISO 8601 text that `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no ISO 8601 time")
        }
        self = value
    }

    /// Writes `description`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

func padded(_ number: some BinaryInteger, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Reads fixed-width digits, left to right; every method moves on only when it succeeds.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + digits] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += digits
        return value
    }

    mutating func date() -> CivilDate? {
        guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
            let day = number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Nanoseconds since midnight.
    mutating func timeOfDay() -> Int64? {
        guard let hour = number(digits: 2), hour < 24, skip(":"), let minute = number(digits: 2), minute < 60
        else { return nil }
        var seconds = hour * 3600 + minute * 60
        guard skip(":") else { return Int64(seconds) * 1_000_000_000 }
        guard let second = number(digits: 2), second < 60 else { return nil }
        seconds += second
        guard skip(".") else { return Int64(seconds) * 1_000_000_000 }
        guard let fraction = fraction() else { return nil }
        return Int64(seconds) * 1_000_000_000 + fraction
    }

    /// Nanoseconds east of UTC; 0 for `Z` and for nothing.
    mutating func zoneOffset() -> Int64? {
        if isAtEnd || skip("Z") { return 0 }
        let sign: Int64 = skip("-") ? -1 : 1
        guard sign == -1 || skip("+"), let hours = number(digits: 2) else { return nil }
        _ = skip(":")
        guard let minutes = isAtEnd ? 0 : number(digits: 2) else { return nil }
        return sign * Int64(hours * 3600 + minutes * 60) * 1_000_000_000
    }

    private mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while let digit = number(digits: 1) {
            if count < 9 { value = value * 10 + Int64(digit) }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 9)..<9 { value *= 10 }
        return value
    }
}
