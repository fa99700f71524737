import Determinism
import TradingDesk
import Triggers
import WorkflowEngine
import WorkflowModel

/// Triggers of the workflows that are kept.
struct TriggerList: Sendable {
    private let workflows: WorkflowServices
    private let time: Timestamp

    init(_ workflows: WorkflowServices, at time: Timestamp) {
        self.workflows = workflows
        self.time = time
    }

    /// Those of every workflow, or of one.
    func items(_ name: String?) throws -> [Value] {
        let stored = try name.map { [try workflows.definition($0)] } ?? workflows.library.newest()
        return try stored.flatMap { stored -> [Value] in
            let plan = try workflows.plan(stored)
            let status = try TriggerRoster.stored(plan, workflows.journal, at: time).status
            return status.map { TriggerAnswer.item($0, of: plan.name) }
        }
    }

    /// Pauses triggers or lets them fire again: asks the process that serves, or does it where none does.
    func set(_ isPaused: Bool, _ name: String, _ trigger: String?, _ context: CommandContext) async throws -> Value {
        let plan = try workflows.plan(workflows.definition(name))
        let request = WorkflowRequest.triggers(
            of: plan.name, named: trigger, paused: isPaused, by: context.caller.name)
        var outcome = WorkflowAsking.Outcome.done
        do {
            if workflows.holder() == nil, case .triggers(let pausing) = request {
                try TriggerRoster.pause(plan, pausing, in: workflows.journal, at: time)
            } else {
                outcome = try await WorkflowAsking(context).send(request)
            }
        } catch let error as TriggerError {
            throw CommandProblem.invalid([FieldFault("trigger", "\(error)")])
        }
        let status = try TriggerRoster.stored(plan, workflows.journal, at: time).status
        return [
            "workflow_id": .text(plan.name), "status": outcome == .done ? "done" : "requested",
            "served": .boolean(workflows.holder() != nil), "triggers": .list(status.map(TriggerAnswer.value)),
        ]
    }
}
