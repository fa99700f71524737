/// Why a library of workflows refused.
public struct LibraryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: String, Sendable, Hashable {
        /// There is no such workflow, or no such version of it.
        case unknown = "not_found"
        /// There is a workflow of that name already.
        case exists
        /// Nothing would change.
        case unchanged
        /// The document is not what was asked for.
        case document
        /// What is stored cannot be read.
        case corrupt
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    /// Trouble of a kind.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
