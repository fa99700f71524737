public import Storage

/// Why the audit log refused; the log is as it was before the call.
public struct AuditError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble, for code to decide by.
    public enum Code: Sendable, Hashable {
        /// The file's log is another desk's, or there is none.
        case anotherDesk
        /// A replayed run made another record than the one stored.
        case diverged
        /// Somebody else has written to the log in the meantime.
        case overtaken
        /// A stored record is malformed.
        case malformed
        /// A file cannot be read or written.
        case file
        /// A head is not signed by the key that it should be.
        case untrusted
    }

    /// The kind of trouble.
    public let code: Code
    /// The record in question, where there is one.
    public let sequence: Int64?
    /// What was wrong and what to do.
    public let message: String

    init(_ code: Code, sequence: Int64? = nil, _ message: String) {
        self.code = code
        self.sequence = sequence
        self.message = message
    }

    /// Nothing but a person's look helps.
    public var recovery: StorageError.Recovery { .halt }

    public var description: String { message }
}
