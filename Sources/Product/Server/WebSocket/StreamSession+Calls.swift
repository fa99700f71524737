import DeskCommands
import Determinism
import WorkflowModel

/// Commands over the socket: checked, counted and done as REST does them.
extension StreamSession {
    /// Answers with status, portfolio and signals.
    func requestUpdate() throws(Problem) {
        try countCall()
        guard beginCall() else { throw StreamSession.tooManyCalls }
        submit { [self] in
            var update: [String: Value] = ["type": "update"]
            for name in ["status", "portfolio", "signals"] {
                let answer = await parts.perform(CommandCall(name, by: visitor.caller, trace: trace))
                update[name] = (try? answer.get().value) ?? .null
            }
            send(.object(update))
        }
    }

    /// Does a command, and answers with its id.
    func begin(_ call: StreamMessage.StreamCall) {
        do {
            let command = try prepared(call)
            submit { [self] in
                send(answer(to: call, await parts.perform(command)))
            }
        } catch {
            parts.metrics.refused("websocket_\(error.code)")
            send(["type": "error", "id": call.id, "error": error.json(trace: trace)])
        }
    }

    private func prepared(_ call: StreamMessage.StreamCall) throws(Problem) -> CommandCall {
        guard let command = parts.commands[call.command] else {
            throw Problem(404, "not_found", "There is no command of that name.")
        }
        if !command.isQuery {
            guard call.key.map(CallKey.allows) ?? (visitor.session != nil) else {
                throw Problem(
                    400, "invalid", "Writes need an 'idempotency_key': 8 to 128 visible ASCII characters.")
            }
        }
        try countCall()
        guard beginCall() else { throw StreamSession.tooManyCalls }
        return CommandCall(
            call.command, call.arguments, by: visitor.caller, idempotencyKey: command.isQuery ? nil : call.key,
            trace: trace)
    }

    private func answer(to call: StreamMessage.StreamCall, _ result: Result<CommandAnswer, Problem>) -> Value {
        switch result {
        case .failure(let problem): return ["type": "error", "id": call.id, "error": problem.json(trace: trace)]
        case .success(let answer):
            var fields: [String: Value] = ["type": "answer", "id": call.id, "result": answer.value]
            if answer.isRepeated { fields["repeated"] = true }
            if answer.isWaiting { fields["waiting"] = true }
            return .object(fields)
        }
    }

    func countCall() throws(Problem) {
        let rate = parts.gate.take(visitor.bucket, at: parts.time.now)
        guard rate.isAllowed else {
            throw Problem(429, "rate_limited", "Too many calls: wait \(max(1, rate.wait)) s.")
        }
    }

    private func submit(_ work: @escaping CallRunner.Work) {
        let isTaken = parts.calls.submit { [self] in
            await work()
            endCall()
        }
        guard !isTaken else { return }
        endCall()
        end(1013, "the desk is busy; come again later")
    }

    private static let tooManyCalls = Problem(
        429, "rate_limited", "At most \(mostCalls) calls may be open at once: wait for an answer.")
}
