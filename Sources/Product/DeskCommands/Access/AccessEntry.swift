public import Determinism
public import Storage
public import WorkflowModel

/// One entry of the record of access: who called what, through which face, and what it came to.
public struct AccessEntry: Sendable, Hashable {
    /// What a call came to.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// It was done.
        case done
        /// It waits for a person.
        case waiting
        /// It was not done, and nothing has changed.
        case refused
        /// It broke on the way.
        case failed
    }

    /// When.
    public let time: Timestamp
    /// Who.
    public let caller: String
    /// Through which face.
    public let face: Caller.Face
    /// What was called, at most 80 characters of it.
    public let command: String
    /// What it came to.
    public let outcome: Outcome
    /// The code of the problem; empty where there was none.
    public let code: String
    /// The arguments without secrets, as canonical JSON; nil where they are too long to keep.
    public let arguments: String?
    /// The hash of those arguments.
    public let digest: Digest
    /// The trace of the call.
    public let trace: String

    /// An entry as it is kept.
    public init(
        time: Timestamp, caller: String, face: Caller.Face, command: String, outcome: Outcome, code: String,
        arguments: String?, digest: Digest, trace: String
    ) {
        self.time = time
        self.caller = caller
        self.face = face
        self.command = command
        self.outcome = outcome
        self.code = code
        self.arguments = arguments
        self.digest = digest
        self.trace = trace
    }

    /// An entry for a call: texts are cut to a bound and secrets are left out.
    public init(
        _ command: String, _ arguments: [String: Value], by caller: Caller, _ outcome: Outcome,
        code: CommandProblem.Code? = nil, at time: Timestamp, trace: String
    ) {
        let bytes = try? Redaction.arguments(.object(arguments)).json()
        self.init(
            time: time, caller: String(caller.name.prefix(80)), face: caller.face,
            command: String(command.prefix(80)), outcome: outcome, code: code?.rawValue ?? "",
            arguments: bytes.flatMap { $0.count > 4096 ? nil : String(decoding: $0, as: UTF8.self) },
            digest: Digest.of(bytes ?? []), trace: String(trace.prefix(64)))
    }
}

/// An entry with its place in the chain.
public struct ChainedAccessEntry: Sendable, Hashable {
    /// 1, 2, 3…
    public let sequence: Int64
    /// What happened.
    public let entry: AccessEntry
    /// The hash of the entry before.
    public let previous: Digest
    /// Its own, over everything above.
    public let hash: Digest

    /// An entry at its place.
    public init(sequence: Int64, entry: AccessEntry, previous: Digest, hash: Digest) {
        self.sequence = sequence
        self.entry = entry
        self.previous = previous
        self.hash = hash
    }
}
