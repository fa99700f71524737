import TradingDesk
import WorkflowDocuments
import WorkflowModel

/// Which agent does a step.
struct AgentAssignment: Sendable {
    private static let step = Field<String>.text("step", "The step").optional
    private static let task = Field<String>.text("task_id", "The step, by another name").optional
    private static let agent = Field<String>.text("agent_type", "The agent; may be left to similarity").optional
    private static let similarity = Field<Bool>.flag(
        "use_vector_similarity", "Choose among the known agents the one whose words are most like the step's")

    static let fields = [step.description, task.description, agent.description, similarity.description]

    static let schema = ValueSchema.named(
        "AgentAssignment",
        .object([
            .init("success", .boolean), .init("workflow_id", .text), .init("version", .integer), .init("step", .text),
            .init("agent_type", .text), .init("previous_agent", .text.orNull),
            .init("similarity", .number.orNull, "How like the step the agent is, from 0 to 1; null where it was named"),
            .init("affected_runs", .list(.anyObject)),
        ]))

    private let workflow: String
    private let step: String
    private let agent: String?

    init(workflow: String, _ arguments: CommandArguments) throws {
        self.workflow = workflow
        let (step, task) = (try arguments[AgentAssignment.step], try arguments[AgentAssignment.task])
        guard let named = step ?? task, step == nil || task == nil || step == task else {
            throw CommandProblem.invalid([FieldFault("step", "give step or task_id")])
        }
        self.step = named
        agent = try arguments[AgentAssignment.agent]
        guard try agent != nil || arguments[AgentAssignment.similarity] else {
            throw CommandProblem.invalid([FieldFault("agent_type", "is missing; or set use_vector_similarity")])
        }
    }

    func make(_ context: CommandContext) throws -> Value {
        let workflows = context.services.workflows
        let stored = try workflows.definition(workflow)
        let plan = try workflows.plan(stored)
        guard let place = plan.place(of: step) else {
            let known = plan.tasks.map(\.name).joined(separator: ", ")
            throw CommandProblem.invalid([FieldFault("step", "there is no step '\(step)'; there are \(known)")])
        }
        let task = plan.tasks[place].definition
        let (chosen, similarity) = try choose(task, workflows)
        let made = try WorkflowChange(context).update(
            workflow, [path(of: task, plan): .text(chosen)], note: "'\(step)' is done by \(chosen)")
        return [
            "success": true, "workflow_id": .text(workflow), "version": made.field("version"), "step": .text(step),
            "agent_type": .text(chosen), "previous_agent": Value(task.agent), "similarity": Value(similarity),
            "affected_runs": made.field("affected_runs"),
        ]
    }

    private func path(of task: TaskDefinition, _ plan: WorkflowPlan) -> String {
        let name = "['\(task.name)'].agent"
        guard let stage = task.stage else { return "steps\(name)" }
        return "stages['\(plan.definition.stages[stage].name)'].tasks\(name)"
    }

    private func choose(_ task: TaskDefinition, _ workflows: WorkflowServices) throws -> (String, Double?) {
        if let agent { return (agent, nil) }
        let known = try Set(
            workflows.library.newest().map(workflows.plan).flatMap(\.tasks).compactMap(\.definition.agent))
        let words = TextVector("\(task.name) \(task.kind.word)")
        let ranked = known.map { ($0, words.similarity(to: TextVector($0))) }
            .max { ($0.1, $1.0) < ($1.1, $0.0) }
        guard let ranked, ranked.1 > 0 else {
            throw CommandProblem.invalid([FieldFault("agent_type", "is missing: no known agent is like '\(step)'")])
        }
        return (ranked.0, ranked.1)
    }
}

/// How often each group of three letters comes in a text.
struct TextVector: Sendable, Hashable {
    private let counts: [String: Double]

    init(_ text: String) {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        counts = words.reduce(into: [:]) { counts, word in
            let letters = Array(" \(word) ")
            for start in 0...(letters.count - 3) { counts[String(letters[start..<start + 3]), default: 0] += 1 }
        }
    }

    /// The cosine of the angle between both, from 0 for nothing in common to 1 for the same.
    func similarity(to other: TextVector) -> Double {
        let shared = counts.reduce(0) { $0 + $1.value * (other.counts[$1.key] ?? 0) }
        let length = (counts.values.reduce(0) { $0 + $1 * $1 } * other.counts.values.reduce(0) { $0 + $1 * $1 })
            .squareRoot()
        return length > 0 ? shared / length : 0
    }
}
