public import Determinism

/// What the store knows of a run of the desk.
public struct DeskRunRecord: Sendable, Hashable {
    /// Where a run stands.
    public enum State: String, Sendable, Hashable, Codable {
        /// It runs, or its process died and it can be resumed.
        case open
        /// It came to its end.
        case completed
        /// It stopped because of an error.
        case failed
        /// It was given up and will not be resumed.
        case abandoned
    }

    /// Its name.
    public let id: String
    /// Where it stands.
    public let state: State
    /// What it was started with, as the caller wrote it.
    public let configuration: [UInt8]
    /// When it began.
    public let started: Timestamp
    /// When it ended; nil while it is open.
    public let ended: Timestamp?
    /// The last audit record before it began.
    public let base: Int64
    /// The chain's end after its last commit.
    public let head: AuditHead
}

/// The state of a run after a record, to resume from.
public struct DeskSnapshot: Sendable, Hashable {
    /// The record.
    public let sequence: Int64
    /// The state as the caller wrote it.
    public let bytes: [UInt8]
}
