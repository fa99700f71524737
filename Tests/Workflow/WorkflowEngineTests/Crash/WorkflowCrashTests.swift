import Testing
import WorkflowCrash
import WorkflowEngine

@Suite("Workflow crashes") struct WorkflowCrashTests {
    @Test(arguments: try CrashScenario.all)
    func `a world killed at any commit, and again in recovery, ends like an undisturbed one`(
        scenario: CrashScenario
    ) throws {
        try CrashSuite.check(scenario) { InMemoryJournal() }
    }
}
