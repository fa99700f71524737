extension FixedPoint {
    /// Decimal text without trailing zeros: `-12.5`, `100`, `0.00000001`.
    public var description: String {
        let (whole, part) = raw.magnitude.quotientAndRemainder(dividingBy: UInt64(unitsPerOne))
        let sign = raw < 0 ? "-" : ""
        guard part > 0 else { return "\(sign)\(whole)" }
        var digits = String(part)
        digits = String(repeating: "0", count: 8 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }

    /// Reads plain decimal text, `-12.5` or `+3` or `.5`, with at most eight decimals that are not zero.
    ///
    /// Nil for anything else: exponents, blanks, separators, or a value that does not fit.
    public init?(_ text: String) {
        self.init(decimal: text.utf8)
    }

    /// Reads plain decimal text from ASCII bytes, as `init(_:)` does, without making a string.
    @inlinable
    public init?(decimal bytes: some Sequence<UInt8>) {
        var parser = DecimalParser()
        for byte in bytes {
            guard parser.accept(byte) else { return nil }
        }
        guard let raw = parser.raw else { return nil }
        self.init(raw: raw)
    }

    /// Reads the decimal text that `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no decimal number with at most eight decimals")
        }
        self = value
    }

    /// Writes `description`: text, since a JSON number may be read as binary and lose digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Reads a decimal number byte by byte into raw units.
@usableFromInline
struct DecimalParser {
    @usableFromInline var magnitude: UInt64 = 0
    @usableFromInline var decimals = -1
    @usableFromInline var digits = 0
    @usableFromInline var negative = false
    @usableFromInline var signed = false

    @usableFromInline init() {}

    @usableFromInline
    mutating func accept(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57: return acceptDigit(UInt64(byte - 48))
        case UInt8(ascii: "."):
            guard decimals < 0 else { return false }
            decimals = 0
            return true
        case UInt8(ascii: "-"), UInt8(ascii: "+"):
            guard digits == 0, decimals < 0, !signed else { return false }
            signed = true
            negative = byte == UInt8(ascii: "-")
            return true
        default: return false
        }
    }

    private mutating func acceptDigit(_ digit: UInt64) -> Bool {
        digits += 1
        if decimals >= 8 { return digit == 0 }
        if decimals >= 0 { decimals += 1 }
        let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
        guard !overflow else { return false }
        let (sum, carry) = product.addingReportingOverflow(digit)
        magnitude = sum
        return !carry
    }

    @usableFromInline var raw: Int64? {
        guard digits > 0 else { return nil }
        var scaled = magnitude
        for _ in max(0, decimals)..<8 {
            let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            scaled = product
        }
        return negative ? Int64(exactly: -Int128(scaled)) : Int64(exactly: scaled)
    }
}
