import Configuration
import WorkflowEngine
import WorkflowModel

/// What is drawn of a workflow: boxes of text and who waits for whom.
struct WorkflowGraph: Sendable {
    /// One task.
    struct Box: Sendable {
        /// Its name, then what it does, then on what condition and what undoes it.
        let lines: [String]
        /// The place of its stage; nil where there are no stages.
        let stage: Int?
        /// Where it stands in a run; nil where no run is shown.
        let state: TaskState?
    }

    let title: String
    let boxes: [Box]
    let stages: [String]
    /// The boxes that each box waits for, those left out that it waits for through others as well.
    let dependencies: [[Int]]

    /// The most tasks that are drawn.
    static let most = 150

    /// The graph of a plan, coloured by a run's machine where one is given.
    init(_ plan: WorkflowPlan, _ machine: RunMachine?) {
        // A run may have put tasks into its own plan.
        let shown = machine?.plan ?? plan
        title = "\(shown.name) version \(shown.version)"
        stages = shown.definition.stages.map(\.name)
        dependencies = WorkflowGraph.direct(shown)
        boxes = shown.tasks.enumerated().map { place, task in
            let state = machine?.tasks[place].state
            return Box(
                lines: WorkflowGraph.lines(task.definition, state), stage: task.definition.stage, state: state)
        }
    }

    private static func direct(_ plan: WorkflowPlan) -> [[Int]] {
        guard plan.tasks.count <= most else { return plan.tasks.map(\.dependencies) }
        return plan.tasks.map { task in
            task.dependencies.filter { candidate in
                !task.dependencies.contains { $0 != candidate && waits($0, for: candidate, plan) }
            }
        }
    }

    private static func waits(_ place: Int, for other: Int, _ plan: WorkflowPlan) -> Bool {
        var seen: Set<Int> = [place]
        var next = plan.tasks[place].dependencies
        while let needed = next.popLast() {
            if needed == other { return true }
            if seen.insert(needed).inserted { next += plan.tasks[needed].dependencies }
        }
        return false
    }

    private static func lines(_ task: TaskDefinition, _ state: TaskState?) -> [String] {
        let agent = task.agent.map { "\($0): " } ?? ""
        var lines = [task.name, state?.name ?? agent + kind(task.kind)]
        if let condition = task.condition { lines.append("if \(condition.text)") }
        if let compensation = task.compensation { lines.append("undone by \(compensation.type)") }
        return lines.map { TextWidth.truncated($0.escapingControls, to: 34) }
    }

    private static func kind(_ kind: TaskKind) -> String {
        switch kind {
        case .work(let type): type
        case .subprocess(let workflow): "runs \(workflow)"
        case .approval: "a person answers"
        case .circuitBreaker: "circuit breaker"
        case .wait(let duration): "waits \(NumberText.span(duration))"
        case .join: "brings results together"
        }
    }
}
