public import WorkflowModel

/// The workflows of a process that is killed, and what each run of them must come to.
public enum KillPlan: String, CaseIterable, Sendable {
    /// Five tasks one after the other, of which one fails on its first try.
    case chain
    /// Two branches that meet again; one of them is a run of `inner`.
    case diamond
    /// What a `diamond` runs.
    case inner
    /// Three steps of which the last fails for good on odd runs, so that the others are undone.
    case saga

    /// The queue whose messages become runs of `chain`.
    public static let mail = "mail"

    /// How many tasks a process does at once.
    public static let capacity = 16

    /// Whether the last step of a saga of this name fails: where the name ends with an odd digit.
    public static func fails(_ run: String) -> Bool {
        run.utf8.last.map { $0 % 2 == 1 } ?? false
    }

    /// The plan.
    public var plan: WorkflowPlan {
        get throws { try WorkflowPlan(WorkflowDefinition(rawValue, tasks: tasks)) }
    }

    /// What is done outside for a run of this name, in names of tasks.
    public func effects(of run: String) -> [String] {
        switch self {
        case .chain: ["a", "b", "c", "d", "e"]
        case .diamond: ["a", "b", "d"]
        case .inner: ["x", "y"]
        case .saga: KillPlan.fails(run) ? ["a", "b", "undo:a", "undo:b"] : ["a", "b", "c"]
        }
    }

    private var tasks: [TaskDefinition] {
        switch self {
        case .chain:
            [
                task("a"), task("b", "slow", after: ["a"]), task("c", "flaky", after: ["b"]), task("d", after: ["c"]),
                task("e", "slow", after: ["d"]),
            ]
        case .diamond:
            [
                task("a", "slow"), task("b", "slow", after: ["a"]),
                TaskDefinition("c", .subprocess(workflow: KillPlan.inner.rawValue), after: ["a"]),
                task("d", after: ["b", "c"]),
            ]
        case .inner: [task("x", "slow"), task("y", after: ["x"])]
        case .saga: [undoable("a"), undoable("b", after: ["a"]), task("c", "last", after: ["b"])]
        }
    }

    private func task(_ name: String, _ type: String = "quick", after: [String] = []) -> TaskDefinition {
        TaskDefinition(
            name, .work(type: type), after: after, retry: RetryPolicy(attempts: 4, base: .milliseconds(1)))
    }

    private func undoable(_ name: String, after: [String] = []) -> TaskDefinition {
        var task = task(name, "slow", after: after)
        task.compensation = Compensation(type: "slow")
        return task
    }
}
