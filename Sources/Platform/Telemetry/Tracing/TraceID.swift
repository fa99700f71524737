import Storage

/// Names everything that one trigger set off: 16 bytes, not all zero.
public struct TraceID: Sendable, Hashable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// The id that these texts always give, so that a replay of the same trigger has the same trace.
    public init(derivedFrom parts: String...) {
        let bytes = DerivedBytes.of(parts)
        high = DerivedBytes.number(bytes[..<8])
        low = max(1, DerivedBytes.number(bytes[8..<16]))
    }

    /// Reads 32 hexadecimal digits that are not all zero; nil for anything else.
    public init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 32, let high = HexText.number(digits[..<16], count: 16),
            let low = HexText.number(digits[16...], count: 16), high | low != 0
        else { return nil }
        self.high = high
        self.low = low
    }

    /// 32 lower-case hexadecimal digits.
    public var hex: String { HexText.digits(of: high, count: 16) + HexText.digits(of: low, count: 16) }

    public var description: String { hex }
}

/// Names one piece of work within a trace: 8 bytes, not all zero.
public struct SpanID: Sendable, Hashable, CustomStringConvertible {
    private let value: UInt64

    /// The id that these texts always give.
    public init(derivedFrom parts: String...) {
        value = max(1, DerivedBytes.number(DerivedBytes.of(parts)[..<8]))
    }

    /// Reads 16 hexadecimal digits that are not all zero; nil for anything else.
    public init?(hex: String) {
        guard let value = HexText.number(Array(hex.utf8), count: 16), value != 0 else { return nil }
        self.value = value
    }

    /// 16 lower-case hexadecimal digits.
    public var hex: String { HexText.digits(of: value, count: 16) }

    public var description: String { hex }
}

/// Ids made from texts by SHA-256; each text goes in with its length, so that `a`, `bc` differs from `ab`, `c`.
private enum DerivedBytes {
    static func of(_ parts: [String]) -> [UInt8] {
        Digest.of(Array(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8)).bytes
    }

    static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
