public import Determinism
public import Storage

/// What the command service remembers on disk: calls that have a key, calls that wait for a person, and the record of
/// who called what.
///
/// What a method returned from is durable. Several processes may use one ledger.
public protocol CommandLedger: Sendable {
    /// Takes up a call that has a key: a new one, one that was cut off, or one that has its answer.
    ///
    /// `callID` names it where it is new; one that was taken up before keeps the name it got then.
    func begin(_ key: CallKey, request: Digest, callID: String, at time: Timestamp) throws -> CallStanding

    /// Adds to the record, and keeps the answer for repetitions where the call has a key: both or neither.
    func record(_ entry: AccessEntry, answer: CommandAnswer?, for key: CallKey?) throws

    /// Keeps a call until a person has answered; false where too many of this caller wait already.
    func keep(_ confirmation: PendingConfirmation) throws -> Bool

    /// A call that waits or waited; nil where there is none of that id.
    func confirmation(_ id: String) throws -> PendingConfirmation?

    /// The calls that wait, oldest first.
    func confirmations(at time: Timestamp) throws -> [PendingConfirmation]

    /// Answers for a person, once: the call, or nil where it waits no more.
    func settle(
        _ id: String, as settlement: PendingConfirmation.Settlement, at time: Timestamp
    ) throws -> PendingConfirmation?
}

/// What makes a repeated call the same call: its key, and whose key it is.
public struct CallKey: Sendable, Hashable {
    /// Whose key it is: two callers may use the same one.
    public let scope: String
    /// The key.
    public let key: String

    /// A key of a caller.
    public init(scope: String, key: String) {
        self.scope = scope
        self.key = key
    }

    /// Whether a text may be a key: 8 to 128 visible ASCII characters.
    public static func allows(_ key: String) -> Bool {
        (8...128).contains(key.utf8.count) && key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

/// How a call with a key stands.
public enum CallStanding: Sendable, Hashable {
    /// It is to be done under this name: it is new, or it was cut off before its answer was kept.
    case begun(callID: String)
    /// It was done; this was its answer.
    case answered(CommandAnswer)
    /// The key was used for something else.
    case otherRequest
}
