import Determinism
import TradingModel
import WorkflowEngine
import WorkflowModel

@testable import TradingDesk

/// Runs workflows of steps on a desk in memory, one task after the other.
struct StepRun {
    private var driver: SynchronousWorkflowDriver
    private(set) var events: [RunEvent] = []
    private let run: RunID

    init(_ name: String, steps text: String, run: String = "run-1") throws {
        let definition = try ShippedWorkflows.definition(of: "name: \(name)\nsteps:\n\(text)", name: name)
        driver = SynchronousWorkflowDriver(plans: [try WorkflowPlan(definition)])
        self.run = RunID(run)
    }

    /// Runs to the end and gives what the tasks put out.
    mutating func perform(
        _ workflow: String, on desk: inout TestDesk, input: Value = .object([:]), isTest: Bool = false,
        library: StepLibrary = .standard
    ) throws -> [String: Value] {
        let request = RunRequest(workflow, as: run, input: input, isTest: isTest)
        let time = desk.scene.time
        let batch = try driver.start(request, at: time) { order, _ in try library.perform(order, on: &desk) }
        events = batch.appends.flatMap(\.events)
        var outputs: [String: Value] = [:]
        for event in events {
            if case .taskCompleted(let task, _, let bytes, _) = event.fact { outputs[task] = try Value(json: bytes) }
        }
        return outputs
    }

    var failures: [String] {
        events.compactMap { event in
            guard case .taskFailed(let task, _, let failure) = event.fact else { return nil }
            return "\(task): \(failure.code)"
        }
    }

    var outcome: RunOutcome? {
        guard case .runFinished(let outcome)? = events.last?.fact else { return nil }
        return outcome
    }
}

extension TaskOrder {
    /// Tasks of a workflow with one step of a type, as the engine hands them out.
    static func one(
        _ type: String, params: Value = .object([:]), run: String = "run-1", task name: String = "task"
    ) throws -> TaskOrder {
        var task = TaskDefinition(name, .work(type: type), params: params)
        task.retry = .never
        var driver = SynchronousWorkflowDriver(plans: [try WorkflowPlan(WorkflowDefinition("one", tasks: [task]))])
        var found: TaskOrder?
        _ = try driver.start(RunRequest("one", as: RunID(run)), at: Timestamp(nanoseconds: 0)) { order, _ in
            found = order
            return .null
        }
        guard let found else { throw TaskFailure("no task was handed out") }
        return found
    }
}
