/// What went wrong with who may call, where, and what to do about it.
public struct AccessError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble, for code to decide by.
    public enum Code: Sendable, Hashable {
        /// What is stored cannot be read as what this program wrote.
        case damaged
        /// A file that holds secrets can be read by others, or cannot be made private.
        case notPrivate
        /// A file cannot be read or written.
        case inputOutput
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong, where, and what to do.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
