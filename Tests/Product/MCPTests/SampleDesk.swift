import DeskCommands
import Determinism
import Synchronization
import WorkflowModel

/// A desk of a few commands that behaves as the command layer does, and remembers what it was asked.
final class SampleDesk: CommandPerforming {
    struct State {
        var calls: [CommandCall] = []
        var refusals: [CommandCall] = []
        var backtests: [String: (progress: Double, state: String)] = [:]
        var workflows: [String: Value] = ["morning": ["name": "morning", "about": "Looks at the market"]]
        var answers: [String: CommandAnswer] = [:]
        var messages = 2000
    }

    let state = Mutex(State())
    /// How much of a backtest is done at each look.
    let stride: Double

    init(stride: Double = 0.25) {
        self.stride = stride
    }

    var calls: [CommandCall] { state.withLock { $0.calls } }
    var refusals: [CommandCall] { state.withLock { $0.refusals } }

    func perform(_ call: CommandCall) async throws(CommandProblem) -> CommandAnswer {
        guard let command = SampleDesk.commands.first(where: { $0.name == call.command }) else {
            throw .notFound("there is no command '\(call.command)'")
        }
        guard call.caller.role.allows(command.permission),
            call.caller.tier?.allows(command.permission, isLive: false) ?? true
        else {
            state.withLock { $0.refusals.append(call) }
            throw CommandProblem(.forbidden, "'\(call.command)' is not allowed")
        }
        let shape = ValueSchema.object(
            command.fields.map { .init($0.name, $0.schema, isRequired: $0.isRequired) })
        let faults = shape.faults(in: .object(call.arguments))
        guard faults.isEmpty else { throw .invalid(faults) }
        return try answer(to: call)
    }

    private func answer(to call: CommandCall) throws(CommandProblem) -> CommandAnswer {
        let known = state.withLock { state in
            state.calls.append(call)
            return call.idempotencyKey.flatMap { state.answers[$0] }
        }
        if let known { return CommandAnswer(known.value, isRepeated: true, isWaiting: known.isWaiting) }
        let answer = try fresh(call)
        if let key = call.idempotencyKey { state.withLock { $0.answers[key] = answer } }
        return answer
    }

    private func fresh(_ call: CommandCall) throws(CommandProblem) -> CommandAnswer {
        switch call.command {
        case "status": return CommandAnswer(["mode": "paper", "simulated": true, "state": "running"])
        case "workflows.list":
            return CommandAnswer(["items": .list(state.withLock { Array($0.workflows.values) }), "next": .null])
        case "workflows.show": return CommandAnswer(try workflow(call.arguments["name"]?.text ?? ""))
        case "workflows.create": return CommandAnswer(create(call.arguments["definition"] ?? [:]))
        case "orders.place": return CommandAnswer(["id": "order-1", "state": "sent"])
        case "desk.resume":
            return CommandAnswer(
                ["confirmation": ["id": "c-1", "what": "resume", "why": "a model asks for it"]], isWaiting: true)
        case "events": return CommandAnswer(events(call))
        case "log":
            return CommandAnswer(["items": .list((0..<3).map { _ in .text(String(repeating: "x", count: 90_000)) })])
        case "backtests.run": return CommandAnswer(begin())
        case "backtests.show": return CommandAnswer(try look(call.arguments["id"]?.text ?? ""))
        case "backtests.cancel": return CommandAnswer(try cancel(call.arguments["id"]?.text ?? ""))
        default: throw CommandProblem(.failed, "the sample desk has no answer")
        }
    }

    private func workflow(_ name: String) throws(CommandProblem) -> Value {
        guard let workflow = state.withLock({ $0.workflows[name] }) else {
            throw .notFound("there is no workflow '\(name)'")
        }
        return workflow
    }

    private func create(_ definition: Value) -> Value {
        let name = definition["name"]?.text ?? "unnamed"
        let workflow: Value = ["name": .text(name), "about": definition["about"] ?? ""]
        state.withLock { $0.workflows[name] = workflow }
        return workflow
    }

    private func events(_ call: CommandCall) -> Value {
        let limit = Int(call.arguments["limit"]?.integer ?? 500)
        let start = Int(call.arguments["cursor"]?.text ?? "") ?? 0
        let end = min(start + limit, state.withLock { $0.messages })
        let items = (start..<max(start, end)).map { place -> Value in
            ["number": .integer(Int64(place)), "text": .text(String(repeating: "m", count: 400))]
        }
        return ["items": .list(items), "next": .text("\(end)")]
    }

    // MARK: - Backtests

    private func begin() -> Value {
        state.withLock { state in
            let id = "backtest-\(state.backtests.count + 1)"
            state.backtests[id] = (0, "running")
            return SampleDesk.backtest(id, (0, "running"))
        }
    }

    private func look(_ id: String) throws(CommandProblem) -> Value {
        let found = state.withLock { state -> (Double, String)? in
            guard var backtest = state.backtests[id] else { return nil }
            if backtest.state == "running" { backtest.progress = min(1, backtest.progress + stride) }
            if backtest.progress >= 1 { backtest.state = "done" }
            state.backtests[id] = backtest
            return backtest
        }
        guard let found else { throw .notFound("there is no backtest '\(id)'") }
        return SampleDesk.backtest(id, found)
    }

    private func cancel(_ id: String) throws(CommandProblem) -> Value {
        let found = state.withLock { state -> Bool in
            guard state.backtests[id] != nil else { return false }
            state.backtests[id]?.state = "cancelled"
            return true
        }
        guard found else { throw .notFound("there is no backtest '\(id)'") }
        return ["cancelled": true]
    }

    private static func backtest(_ id: String, _ state: (Double, String)) -> Value {
        ["id": .text(id), "state": .text(state.1), "progress": .number(state.0)]
    }
}
