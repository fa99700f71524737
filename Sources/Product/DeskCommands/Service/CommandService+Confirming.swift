public import WorkflowModel

extension CommandService: Confirming {
    public func confirm(_ id: String, in context: CommandContext) async throws(CommandProblem) -> Value {
        let (waiting, prepared) = try answerable(id, by: context.caller)
        // The same checks as when it was asked: commands may have changed with the program since.
        let arguments = try prepared.arguments(waiting.arguments)
        try settle(id, as: .confirmed, in: context)
        let caller = Caller(
            "\(waiting.caller.name), confirmed by \(context.caller.name)", waiting.caller.role,
            through: waiting.caller.face, tier: waiting.caller.tier)
        let work = CommandWork(prepared.command, arguments, by: caller, at: context.time, trace: context.trace)
        do throws(CommandProblem) {
            let answer = try await carryOut(work, callID: waiting.callID, key: waiting.key)
            return ["id": .text(id), "command": .text(waiting.command), "result": answer.value]
        } catch {
            try record(work, error.code == .failed ? .failed : .refused, code: error.code)
            throw error
        }
    }

    public func dismiss(_ id: String, in context: CommandContext) async throws(CommandProblem) -> Value {
        let (waiting, _) = try answerable(id, by: context.caller)
        try settle(id, as: .dismissed, in: context)
        return ["id": .text(id), "command": .text(waiting.command), "result": .null]
    }

    /// The call that waits, where the caller is a person who may do it.
    private func answerable(
        _ id: String, by caller: Caller
    ) throws(CommandProblem) -> (PendingConfirmation, PreparedCommand) {
        guard caller.isPerson else {
            throw CommandProblem(
                .forbidden, "only a person at a terminal or on the dashboard can answer what waits for a person")
        }
        guard let waiting = try kept({ try ledger.confirmation(id) }) else {
            throw .notFound("no call of the id '\(id.prefix(40))' waits for a person")
        }
        let prepared = try prepared(waiting.command)
        guard caller.role.allows(prepared.command.permission) else {
            throw CommandProblem(
                .forbidden, "'\(waiting.command)' needs a role that may \(prepared.command.permission.name)")
        }
        return (waiting, prepared)
    }

    private func settle(
        _ id: String, as settlement: PendingConfirmation.Settlement, in context: CommandContext
    ) throws(CommandProblem) {
        guard try kept({ try ledger.settle(id, as: settlement, at: context.time) }) == nil else { return }
        throw CommandProblem(.conflict, "this call waits no more: it was answered before, or its time is over")
    }
}
