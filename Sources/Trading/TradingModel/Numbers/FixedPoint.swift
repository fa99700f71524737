/// A number with exactly eight decimals, kept as a count of hundred-millionths.
///
/// Covers about ±92 billion. Sums and products that would not fit throw `Overflow`; nothing ever wraps.
public protocol FixedPoint: Sendable, Hashable, Comparable, Codable, CustomStringConvertible,
    LosslessStringConvertible, ExpressibleByIntegerLiteral
{
    /// The value in hundred-millionths.
    var raw: Int64 { get }

    /// A value from its count of hundred-millionths.
    init(raw: Int64)
}

/// A result that does not fit into ±92 billion with eight decimals.
public struct Overflow: Error, Hashable, CustomStringConvertible {
    /// What was being computed.
    public let operation: String

    /// An overflow in the named computation.
    public init(_ operation: String) {
        self.operation = operation
    }

    public var description: String {
        "\(operation) does not fit into the range of about ±92 billion"
    }
}

/// The number of raw units in one.
@usableFromInline let unitsPerOne: Int64 = 100_000_000

extension FixedPoint {
    @inlinable public static var zero: Self { Self(raw: 0) }

    /// A whole number; traps for literals beyond ±92 billion.
    @inlinable
    public init(integerLiteral value: Int64) {
        self.init(raw: value * unitsPerOne)
    }

    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        left.raw < right.raw
    }

    @inlinable
    public static func + (left: Self, right: Self) throws(Overflow) -> Self {
        let (sum, overflow) = left.raw.addingReportingOverflow(right.raw)
        if overflow { throw Overflow("\(Self.self) sum") }
        return Self(raw: sum)
    }

    @inlinable
    public static func - (left: Self, right: Self) throws(Overflow) -> Self {
        let (difference, overflow) = left.raw.subtractingReportingOverflow(right.raw)
        if overflow { throw Overflow("\(Self.self) difference") }
        return Self(raw: difference)
    }

    @inlinable
    public static prefix func - (value: Self) throws(Overflow) -> Self {
        try .zero - value
    }

    /// The nearest binary number, for indicators, models and ratios.
    @inlinable public var double: Double { Double(raw) / Double(unitsPerOne) }

    /// The nearest value to a binary number, halves away from zero; nil for NaN, infinities and what does not fit.
    @inlinable
    public init?(nearest value: Double) {
        let scaled = (value * Double(unitsPerOne)).rounded()
        guard scaled.magnitude < 0x1p63 else { return nil }
        self.init(raw: Int64(scaled))
    }

    /// The value rounded down to a whole multiple of `increment`; itself where the increment is not positive.
    @inlinable
    public func roundedDown(toMultipleOf increment: Self) -> Self {
        guard increment.raw > 0 else { return self }
        let remainder = raw % increment.raw
        return Self(raw: raw - (remainder < 0 ? remainder + increment.raw : remainder))
    }

    /// The smaller distance from zero.
    @inlinable public var magnitude: Self {
        Self(raw: raw == .min ? .max : abs(raw))
    }
}
