/// What went wrong with a file of the store, where, and what to do about it.
public struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble, for code to decide by.
    public enum Code: Sendable, Hashable {
        /// The file or its folder cannot be opened or made.
        case cannotOpen
        /// The file belongs to another program, or is no database.
        case notOurs
        /// A newer Bellwether wrote the file.
        case newerSchema
        /// The file lacks tables that a read-only opening cannot add.
        case olderSchema
        /// A migration that the file already has differs from the one of the same place here.
        case changedMigration
        /// Another process holds the write lock and did not let go in time.
        case locked
        /// Another process holds the folder; its id where it could be read.
        case heldByProcess(Int32?)
        /// The disk, or the size the file may grow to, is used up.
        case full
        /// The file's content is damaged.
        case corrupt
        /// The file or its folder may not be written.
        case readOnly
        /// A rule of the tables forbids the change.
        case constraint
        /// The disk or the operating system failed.
        case inputOutput
        /// The statement is wrong: a mistake in the program.
        case misuse
    }

    /// What the caller can do.
    public enum Recovery: Sendable, Hashable {
        /// The same call may succeed later.
        case retry
        /// This call cannot succeed; others can.
        case reject
        /// Stop until a person has looked.
        case halt
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong, with the path and SQLite's own words, and what to do.
    public let message: String

    /// An error as found.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What the caller can do.
    public var recovery: Recovery {
        switch code {
        case .locked: .retry
        case .constraint, .misuse, .heldByProcess: .reject
        default: .halt
        }
    }

    public var description: String { message }
}
