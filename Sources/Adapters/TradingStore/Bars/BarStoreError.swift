/// Why the bar store cannot do what was asked.
public struct BarStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Code: String, Sendable, Hashable, Codable {
        /// No such bars are stored.
        case missing
        /// New bars differ from stored ones, and may take their place where the caller says so.
        case differing
        /// New bars cannot be joined with stored ones.
        case conflict
        /// A stored file is damaged.
        case damaged
        /// Prices cannot be adjusted as asked.
        case adjustment
    }

    /// What kind of trouble it is.
    public let code: Code
    /// What is wrong, where, and what to do; one line.
    public let message: String

    /// An error with its message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
