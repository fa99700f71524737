public import Testing
public import WorkflowEngine
import WorkflowModel

/// A small world to be killed at every commit.
public struct CrashScenario: Sendable, CustomTestStringConvertible {
    /// What it is about.
    public let name: String
    /// Its parts.
    public let setup: EngineWorld.Setup
    /// How its first run ends.
    public let status: RunOutcome.Status

    public var testDescription: String { name }

    /// All of them.
    public static var all: [CrashScenario] {
        get throws { try graphs() + troubles() + sagas() + people() + guarded() + days() }
    }

    init(
        _ name: String, _ plans: [WorkflowDefinition], ends status: RunOutcome.Status = .completed, capacity: Int = 5,
        _ requests: [ScriptedRequest]? = nil,
        behaviour: @escaping @Sendable (TaskOrder) -> WorkBehaviour = { _ in .done }
    ) throws {
        self.name = name
        self.status = status
        setup = EngineWorld.Setup(
            plans: try plans.map { try WorkflowPlan($0) }, capacity: capacity,
            requests: requests ?? [.start(plans[0].name)], behaviour: behaviour)
    }

    /// A task that does work of the type of its own name.
    static func work(
        _ name: String, after dependencies: [String] = [], attempts: Int = 1,
        _ change: (inout TaskDefinition) -> Void = { _ in }
    ) -> TaskDefinition {
        var task = TaskDefinition(
            name, .work(type: name), params: ["of": .text(name)], after: dependencies,
            retry: RetryPolicy(attempts: attempts))
        change(&task)
        return task
    }

    /// A task that is undone by work of the type `un-` and its name.
    static func undoable(_ name: String, after dependencies: [String] = [], attempts: Int = 1) -> TaskDefinition {
        work(name, after: dependencies, attempts: attempts) { $0.compensation = Compensation(type: "un-\(name)") }
    }
}
