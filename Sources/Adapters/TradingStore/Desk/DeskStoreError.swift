public import Storage

/// Why the desk's store refused; it is as it was before the call.
public struct DeskStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: Sendable, Hashable {
        /// Another run has not ended.
        case anotherRunIsOpen
        /// There is a run of that name already.
        case runExists
        /// There is no such run.
        case unknownRun
        /// The run has ended.
        case runEnded
        /// A request was consumed out of order, twice, or without a record.
        case controlOutOfOrder
        /// A replayed run took another snapshot, or consumed a request at another record, than before.
        case diverged
        /// What is stored cannot be understood.
        case corrupt
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What the caller can do.
    public var recovery: StorageError.Recovery {
        switch code {
        case .diverged, .corrupt: .halt
        default: .reject
        }
    }

    public var description: String { message }
}
