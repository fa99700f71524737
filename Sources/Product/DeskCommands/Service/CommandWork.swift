import Determinism
import Storage
import WorkflowModel

/// A call that may be done: its command is known, its caller is allowed, its arguments are checked.
struct CommandWork: Sendable {
    let command: DeskCommand
    let arguments: [String: Value]
    let caller: Caller
    let time: Timestamp
    let trace: String

    init(_ command: DeskCommand, _ arguments: [String: Value], by caller: Caller, at time: Timestamp, trace: String) {
        self.command = command
        self.arguments = arguments
        self.caller = caller
        self.time = time
        self.trace = trace
    }

    /// What tells it from other requests: command and arguments.
    var digest: Digest {
        get throws(CommandProblem) {
            do {
                let request: Value = ["command": .text(command.name), "arguments": .object(arguments)]
                return Digest.of(try request.json())
            } catch {
                throw CommandProblem(.invalid, "the arguments cannot be written: \(error)")
            }
        }
    }
}

extension Caller {
    /// Whose idempotency keys a caller's are: people and keys of one name are told apart.
    var scope: String { isPerson ? "person \(name)" : "key \(name)" }
}

extension CommandProblem {
    /// What a command threw, as a problem; errors of an unknown kind are failures.
    init(any error: any Error) {
        switch error {
        case let problem as CommandProblem: self = problem
        case is CancellationError: self.init(.failed, "the call was cut off; ask again with the same idempotency key")
        case let error as StorageError where error.recovery == .retry: self.init(.unavailable, error.message)
        default: self.init(.failed, "\(error)")
        }
    }
}
