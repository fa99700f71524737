/// How many inputs an indicator looks at: 1...100,000.
///
/// A literal outside that range is a programming error; a number from outside goes through the throwing initializer.
public struct Period: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// The number of inputs.
    public let count: Int

    /// The periods that are accepted, the range TA-Lib accepts.
    public static let allowed = 1...100_000

    /// A period from a number that was not written in code.
    public init(_ count: Int) throws(IndicatorError) {
        guard Period.allowed.contains(count) else {
            throw IndicatorError(.badParameter, "a period of \(count) is outside 1...100000")
        }
        self.count = count
    }

    public init(integerLiteral value: Int) {
        precondition(Period.allowed.contains(value), "a period is 1...100000")
        count = value
    }
}

extension Period: Codable, CustomStringConvertible {
    public var description: String { String(count) }

    /// Reads the number; refuses what is outside `allowed`.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(Int.self))
    }

    /// Writes the number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }
}
