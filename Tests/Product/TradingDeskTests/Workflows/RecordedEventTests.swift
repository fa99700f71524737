import Determinism
import Testing
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// Histories in files.
@Suite struct RecordedEventTests {
    private static let facts: [RunEvent.Fact] = [
        .runStarted(RunHeader(workflow: "w", version: 2, fingerprint: 3)),
        .stageStarted(stage: "s", round: 1), .stageCompleted(stage: "s", round: 2),
        .stageTimedOut(stage: "s", round: 3), .taskStarted(task: "t", attempt: 1),
        .taskCompleted(task: "t", attempt: 1, output: [0, 255, 10], cached: true),
        .taskCompleted(task: "t", attempt: 2, output: [], cached: false),
        .taskFailed(task: "t", attempt: 0, TaskFailure(code: "c", "m", mayRetry: false)),
        .taskTimedOut(task: "t", attempt: 4), .taskRetrying(task: "t", attempt: 2, at: Timestamp(nanoseconds: 7)),
        .taskCancelled(task: "t"), .taskSkipped(task: "t", .blocked(by: "u")), .taskSkipped(task: "t", .windowOver),
        .cancelRequested(reason: "r"), .runTimedOut,
        .runAdjusted(RunAdjustment(reason: "r", timeoutFactor: 2, checks: [.init("c", type: "x")])),
        .runFinished(.completed), .runFinished(RunOutcome(.cancelled, reason: "r", compensated: ["t"])),
    ]

    @Test func `every event comes back from a file as it was`() throws {
        let journal = InMemoryJournal()
        let library = try DefinitionLibrary(journal, options: WorkflowOptions.reading())
        let stored = try library.create(
            "name: w\nsteps: [{name: t, type: a}]\n", file: "w.yaml", at: Timestamp(nanoseconds: 1))
        let events = Self.facts.enumerated().map { RunEvent($1, at: Timestamp(nanoseconds: Int64($0) + 1)) }
        let file = try HistoryFile(RunID("one"), stored[0], events)
        let read = try HistoryFile(try file.bytes(), name: "one.json")
        #expect(try read.events.map { try $0.runEvent() } == events)
        #expect(read.definition == stored[0])
        // Every fact has a name that 'events follow --kinds' knows.
        #expect(Self.facts.allSatisfy { EventRecord.names.contains(EventRecord.name(of: $0)) })
    }
}
