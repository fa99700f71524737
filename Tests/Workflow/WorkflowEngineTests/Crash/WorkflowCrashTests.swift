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

    @Test func `messages become runs once, whichever operation the process died at`() throws {
        try MailSuite.check {
            let journal = InMemoryJournal()
            return (journal, journal.queue)
        }
    }
}
