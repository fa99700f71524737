import Determinism
import Testing
public import WorkflowEngine
import WorkflowModel

/// Kills a run at each of its appends and shows that the resumed run is the undisturbed one.
public enum CrashConformance {
    /// Checks a shape over fresh journals.
    public static func check(_ shape: CrashShape, journal makeJournal: () throws -> any Journal) throws {
        let counting = CountingJournal(try makeJournal())
        let undisturbed = try run(shape, counting, ExecutionLog())
        let history = try counting.history(of: id)
        for append in 1...counting.appends {
            for moment in DyingJournal.Moment.allCases {
                let journal = try makeJournal()
                let first = ExecutionLog()
                #expect(throws: DyingJournal.Death.self) {
                    _ = try run(shape, DyingJournal(journal, dyingAt: append, moment), first)
                }
                let survived = Execution.recorded(in: try journal.history(of: id))
                let second = ExecutionLog()
                let resumed = try run(shape, journal, second)
                let scene = Comment("\(shape.name), killed \(moment) append \(append)")
                #expect(resumed.outcome == undisturbed.outcome, scene)
                #expect(resumed.state == undisturbed.state, scene)
                #expect(try journal.history(of: id) == history, scene)
                #expect(survived.isDisjoint(with: second.all), scene)
                #expect(Set(second.all).count == second.all.count, scene)
                #expect(Set(first.all).union(second.all) == Execution.recorded(in: history), scene)
            }
        }
    }

    private static let id = RunID("run")

    private static func run(
        _ shape: CrashShape, _ journal: any Journal, _ log: ExecutionLog
    ) throws -> GraphResult<CrashShape.State> {
        try GraphRunner(journal: journal, time: ManualTime())
            .runSynchronously(shape.definition(log), as: id, from: CrashShape.State())
    }
}
