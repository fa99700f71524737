import Determinism
import Storage
import WorkflowModel

/// Performs calls of this process: every face comes through here, so that none can do more or check less.
///
/// In order: the command is known; role and tier allow it; the arguments are right; a repeated call gets its first
/// answer; a person is asked where the command says so; it is done; it is on the record. Queries stop at the third step
/// and touch no disk of their own.
public struct CommandService: CommandPerforming {
    let services: DeskServices
    let ledger: any CommandLedger
    let isLive: Bool
    private let commands: [String: PreparedCommand]
    private let gate = KeyedGate()
    private let refusals = RefusalCount()

    /// A service over commands, with what they work with.
    public init(
        _ services: DeskServices, ledger: any CommandLedger, commands: [DeskCommand] = CommandCatalog.commands,
        isLive: Bool = false
    ) {
        self.services = services
        self.ledger = ledger
        self.isLive = isLive
        self.commands = Dictionary(commands.map { ($0.name, PreparedCommand($0)) }) { first, _ in first }
    }

    public func perform(_ call: CommandCall) async throws(CommandProblem) -> CommandAnswer {
        let prepared: PreparedCommand
        let work: CommandWork
        do throws(CommandProblem) {
            prepared = try self.prepared(call.command)
            try prepared.check(call.caller, isLive: isLive)
            work = CommandWork(
                prepared.command, try prepared.arguments(call.arguments), by: call.caller, at: services.time.now,
                trace: call.trace ?? RandomBytes.hexadecimal(16))
        } catch {
            try recordRefusal(of: call, error)
            throw error
        }
        guard !work.command.isQuery else { return CommandAnswer(try await value(of: work, callID: work.trace)) }
        guard let key = call.idempotencyKey else {
            return try await perform(work, callID: RandomBytes.hexadecimal(16), key: nil)
        }
        return try await performOnce(work, key: CallKey(scope: call.caller.scope, key: key))
    }

    func prepared(_ name: String) throws(CommandProblem) -> PreparedCommand {
        guard let command = commands[name] else {
            throw .notFound("there is no command '\(name.prefix(80))'")
        }
        return command
    }

    // MARK: Once for each key

    private func performOnce(_ work: CommandWork, key: CallKey) async throws(CommandProblem) -> CommandAnswer {
        guard CallKey.allows(key.key) else {
            throw .invalid([FieldFault("idempotency_key", "must be 8 to 128 visible ASCII characters")])
        }
        let request = try work.digest
        await gate.enter(key)
        defer { gate.leave(key) }
        let fresh = RandomBytes.hexadecimal(16)
        let standing = try kept { try ledger.begin(key, request: request, callID: fresh, at: work.time) }
        switch standing {
        case .begun(let callID):
            return try await perform(work, callID: callID, key: key)
        case .answered(let answer):
            return CommandAnswer(answer.value, isRepeated: true, isWaiting: answer.isWaiting)
        case .otherRequest:
            let problem = CommandProblem(
                .conflict, "the idempotency key was used for another request; take a new key for a new request")
            try record(work, .refused, code: problem.code)
            throw problem
        }
    }

    private func perform(
        _ work: CommandWork, callID: String, key: CallKey?
    ) async throws(CommandProblem) -> CommandAnswer {
        do throws(CommandProblem) {
            if let reason = try await reasonToAsk(work, callID: callID) {
                return try ask(work, reason, callID: callID, key: key)
            }
            return try await carryOut(work, callID: callID, key: key)
        } catch {
            try record(work, error.code == .failed ? .failed : .refused, code: error.code)
            throw error
        }
    }

    /// Does it, puts it on the record and keeps the answer.
    func carryOut(_ work: CommandWork, callID: String, key: CallKey?) async throws(CommandProblem) -> CommandAnswer {
        let answer = CommandAnswer(try await value(of: work, callID: callID))
        try record(work, .done, answer: answer, for: key)
        return answer
    }

    private func value(of work: CommandWork, callID: String) async throws(CommandProblem) -> Value {
        do {
            return try await work.command.perform(CommandArguments(work.arguments), context(of: work, callID))
        } catch {
            throw CommandProblem(any: error)
        }
    }

    // MARK: Asking a person

    private func reasonToAsk(_ work: CommandWork, callID: String) async throws(CommandProblem) -> String? {
        if work.caller.tier == .live && isLive && work.command.permission >= .trade {
            return "a model asks for something that trades on a venue"
        }
        switch work.command.confirmation {
        case .never: return nil
        case .fromModels: return work.caller.isModel ? "a model asks for it" : nil
        case .when(let reason):
            do {
                return try await reason(CommandArguments(work.arguments), context(of: work, callID))
            } catch {
                throw CommandProblem(any: error)
            }
        }
    }

    private func ask(
        _ work: CommandWork, _ reason: String, callID: String, key: CallKey?
    ) throws(CommandProblem) -> CommandAnswer {
        let pending = PendingConfirmation(
            id: RandomBytes.hexadecimal(5), command: work.command.name, arguments: work.arguments, caller: work.caller,
            reason: reason, created: work.time, expires: work.time + PendingConfirmation.patience, callID: callID,
            key: key)
        guard try kept({ try ledger.keep(pending) }) else {
            throw CommandProblem(
                .rateLimited, "too many calls wait for a person already; wait until they are answered or expired")
        }
        let answer = CommandAnswer(pending.asAnswer, isWaiting: true)
        try record(work, .waiting, answer: answer, for: key)
        return answer
    }

    private func context(of work: CommandWork, _ callID: String) -> CommandContext {
        CommandContext(
            caller: work.caller, time: work.time, callID: callID, trace: work.trace, services: services,
            confirming: self)
    }

    // MARK: The record

    private func recordRefusal(of call: CommandCall, _ problem: CommandProblem) throws(CommandProblem) {
        // A query that was asked wrongly harms nobody and would only fill the record.
        if problem.code == .invalid || problem.code == .notFound, commands[call.command]?.command.isQuery ?? true {
            return
        }
        let now = services.time.now
        guard case .record(let leftOut) = refusals.noted(call.caller.scope, at: now) else { return }
        if leftOut > 0 {
            try recordRefusal("(refusals left out)", ["count": .integer(Int64(leftOut))], of: call, .rateLimited, now)
        }
        try recordRefusal(call.command, call.arguments, of: call, problem.code, now)
    }

    private func recordRefusal(
        _ command: String, _ arguments: [String: Value], of call: CommandCall, _ code: CommandProblem.Code,
        _ now: Timestamp
    ) throws(CommandProblem) {
        let entry = AccessEntry(
            command, arguments, by: call.caller, .refused, code: code, at: now, trace: call.trace ?? "")
        try kept { try ledger.record(entry, answer: nil, for: nil) }
    }

    func record(
        _ work: CommandWork, _ outcome: AccessEntry.Outcome, code: CommandProblem.Code? = nil,
        answer: CommandAnswer? = nil, for key: CallKey? = nil
    ) throws(CommandProblem) {
        let entry = AccessEntry(
            work.command.name, work.arguments, by: work.caller, outcome, code: code, at: services.time.now,
            trace: work.trace)
        let stored = answer.map { CommandAnswer(Redaction.answer($0.value), isWaiting: $0.isWaiting) }
        try kept { try ledger.record(entry, answer: stored, for: key) }
    }

    /// What the ledger says, or a problem in its words.
    func kept<Result>(_ body: () throws -> Result) throws(CommandProblem) -> Result {
        do { return try body() } catch {
            throw CommandProblem(
                .unavailable, "the record of access cannot be used: \(error). Ask again with the same idempotency key")
        }
    }
}
