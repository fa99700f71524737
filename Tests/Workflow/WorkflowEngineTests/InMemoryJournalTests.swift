import JournalConformance
import Testing
import WorkflowEngine

@Suite struct InMemoryJournalTests {
    @Test(arguments: JournalConformance.cases) func `is a journal`(conformance: JournalConformance) throws {
        try conformance.check(InMemoryJournal())
    }

    @Test(arguments: CrashShape.all) func `a killed run ends like an undisturbed one`(shape: CrashShape) throws {
        try CrashConformance.check(shape) { InMemoryJournal() }
    }
}
