/// Why an indicator could not be made or computed.
public struct IndicatorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of mistake it was.
    public enum Code: String, Sendable, Hashable {
        /// No indicator has that name.
        case unknownIndicator
        /// The indicator has no parameter of that name.
        case unknownParameter
        /// A parameter's value is not one that is allowed.
        case badParameter
        /// Columns of one series have different lengths.
        case unevenColumns
        /// A snapshot does not describe a state that an indicator can be in.
        case badSnapshot
    }

    /// What kind of mistake it was.
    public let code: Code
    /// What was wrong, and what is allowed instead.
    public let message: String

    /// A mistake with its explanation.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
