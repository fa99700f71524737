import WorkflowEngine
public import WorkflowModel

/// What a new version of a workflow means for a run that is under way.
public struct AffectedRun: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// The workflow that it follows.
    public let workflow: String
    /// The version that it keeps.
    public let version: Int
    /// Whether it will do anything in another way than before.
    public let isChanged: Bool
    /// What it will do, in words.
    public let effect: String
}

extension DefinitionLibrary {
    /// What a new version of a workflow means for every open run of it, and of workflows that run it as a step.
    public func affected(by made: StoredDefinition) throws -> [AffectedRun] {
        try journal.openRuns().flatMap { summary -> [AffectedRun] in
            let header = summary.header
            if header.workflow == made.name {
                return [
                    AffectedRun(
                        run: summary.run, workflow: made.name, version: header.version, isChanged: false,
                        effect: "keeps version \(header.version) to its end")
                ]
            }
            let stored = try definition(header.workflow, version: header.version)
            let machine = try RunReplay.machine(plan(stored), run: summary.run, journal.history(of: summary.run))
            return steps(of: machine, running: made.name).map { step in
                AffectedRun(
                    run: summary.run, workflow: header.workflow, version: header.version, isChanged: true,
                    effect: "its step '\(step)' has not begun and will run version \(made.version)")
            }
        }
    }

    /// The steps that will run a workflow and have not begun.
    private func steps(of machine: RunMachine, running workflow: String) -> [String] {
        zip(machine.plan.tasks, machine.tasks).compactMap { task, record in
            guard case .subprocess(workflow) = task.definition.kind else { return nil }
            switch record.state {
            case .pending, .queued: return task.name
            default: return nil
            }
        }
    }
}
