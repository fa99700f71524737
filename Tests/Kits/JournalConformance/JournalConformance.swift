import Determinism
public import Testing
public import WorkflowEngine
import WorkflowModel

/// What every journal must do, as cases to run over an empty one.
public struct JournalConformance: Sendable, CustomTestStringConvertible {
    /// What is shown, as a sentence.
    public let name: String
    /// Checks a journal without runs.
    public let check: @Sendable (any Journal) throws -> Void

    public var testDescription: String { name }

    /// All of them.
    public static let cases = [
        JournalConformance(name: "gives back every kind of event as it was appended", check: givesBack),
        JournalConformance(name: "knows no history of an unknown run", check: knowsNothing),
        JournalConformance(name: "refuses events that do not follow, and keeps none of them", check: refusesGaps),
        JournalConformance(name: "refuses events after the end", check: refusesAfterEnd),
        JournalConformance(name: "refuses a run that does not begin with its start", check: refusesHeadless),
        JournalConformance(name: "lists open runs in the order of their start", check: listsOpen),
        JournalConformance(name: "lists finished runs, newest first", check: listsFinished),
        JournalConformance(name: "lists runs by their begin, page after page", check: listsBegun),
        JournalConformance(name: "forgets all but the newest finished runs", check: prunes),
        JournalConformance(name: "many threads append to runs of their own", check: sharesThreads),
    ]

    private static let header = RunHeader(workflow: "workflow", version: 3, fingerprint: .max)
    private static let failure = RunOutcome(
        .failed, failures: [.init(task: "b", attempts: 2, error: "\"grün\"\n")],
        blocked: [.init(task: "c", because: "b")])

    private static func started(at seconds: Int64) -> RunEvent {
        RunEvent(.runStarted(header), at: Timestamp(nanoseconds: seconds))
    }

    private static func finished(_ outcome: RunOutcome = .completed, at seconds: Int64) -> RunEvent {
        RunEvent(.runFinished(outcome), at: Timestamp(nanoseconds: seconds))
    }

    private static func givesBack(_ journal: any Journal) throws {
        let facts: [RunEvent.Fact] = [
            .stageStarted(stage: "open", round: 2), .taskStarted(task: "a", attempt: 1),
            .taskCompleted(task: "a", attempt: 1, output: Array(#"{"x":"ü/"}"#.utf8), cached: false),
            .taskCompleted(task: "", attempt: 1, output: [], cached: true),
            .taskFailed(task: "b", attempt: 1, TaskFailure(code: "rate_limit", "no")),
            .taskRetrying(task: "b", attempt: 2, at: Timestamp(nanoseconds: 77)),
            .taskFailed(task: "b", attempt: 2, TaskFailure("", mayRetry: false)),
            .taskTimedOut(task: "c", attempt: 3), .taskCancelled(task: "d"),
            .taskSkipped(task: "e", .condition("x == 'é'")), .taskSkipped(task: "f", .blocked(by: "b")),
            .taskSkipped(task: "g", .windowOver), .taskSkipped(task: "h", .stopped),
            .runAdjusted(
                RunAdjustment(reason: "VIX 31", timeoutFactor: 0.7, checks: [.init("check", type: "vix", params: [1])])),
            .stageTimedOut(stage: "open", round: 2), .stageCompleted(stage: "open", round: 2),
            .cancelRequested(reason: "enough"), .runTimedOut,
        ]
        let middle = facts.enumerated().map { RunEvent($1, at: Timestamp(nanoseconds: Int64($0))) }
        let events = [started(at: -5)] + middle + [finished(failure, at: 99)]
        try journal.append([events[0]], to: RunID("r"), after: 0)
        try journal.append(Array(events[1...3]), to: RunID("r"), after: 1)
        try journal.append([], to: RunID("r"), after: 4)
        try journal.append(Array(events[4...]), to: RunID("r"), after: 4)
        #expect(try journal.history(of: RunID("r")) == events)
    }

    private static func knowsNothing(_ journal: any Journal) throws {
        #expect(try journal.history(of: RunID("r")).isEmpty)
        #expect(try journal.openRuns().isEmpty)
        #expect(try journal.finishedRuns(limit: 10).isEmpty)
        #expect(try journal.prune(keepingNewest: 0) == 0)
    }

    private static func refusesGaps(_ journal: any Journal) throws {
        let node = RunEvent(.taskStarted(task: "a", attempt: 1), at: Timestamp(nanoseconds: 1))
        #expect(throws: JournalError.self) { try journal.append([node], to: RunID("r"), after: 1) }
        try journal.append([started(at: 0), node], to: RunID("r"), after: 0)
        for count in [0, 1, 3] {
            let error = #expect(throws: JournalError.self) { try journal.append([node], to: RunID("r"), after: count) }
            #expect(error?.code == .conflict)
        }
        #expect(try journal.history(of: RunID("r")).count == 2)
    }

    private static func refusesAfterEnd(_ journal: any Journal) throws {
        try journal.append([started(at: 0), finished(at: 1)], to: RunID("r"), after: 0)
        let node = RunEvent(.taskStarted(task: "a", attempt: 1), at: Timestamp(nanoseconds: 1))
        #expect(throws: JournalError.self) { try journal.append([node], to: RunID("r"), after: 2) }
        #expect(try journal.history(of: RunID("r")).count == 2)
    }

    private static func refusesHeadless(_ journal: any Journal) throws {
        #expect(throws: JournalError.self) { try journal.append([finished(at: 1)], to: RunID("r"), after: 0) }
        #expect(try journal.history(of: RunID("r")).isEmpty)
        #expect(try journal.openRuns().isEmpty)
    }

    private static func listsOpen(_ journal: any Journal) throws {
        for (index, name) in ["b", "a", "c"].enumerated() {
            try journal.append([started(at: Int64(index))], to: RunID(name), after: 0)
        }
        try journal.append([finished(at: 9)], to: RunID("a"), after: 1)
        let open = ["b", "c"].map {
            RunSummary(run: RunID($0), header: header, started: Timestamp(nanoseconds: $0 == "b" ? 0 : 2))
        }
        #expect(try journal.openRuns() == open)
    }

    private static func listsFinished(_ journal: any Journal) throws {
        for name in ["a", "b", "c"] { try journal.append([started(at: 1)], to: RunID(name), after: 0) }
        for name in ["c", "a", "b"] { try journal.append([finished(failure, at: 2)], to: RunID(name), after: 1) }
        let finished = try journal.finishedRuns(limit: 2)
        #expect(finished.map(\.run.text) == ["b", "a"])
        #expect(finished.first?.outcome == failure)
        #expect(finished.first?.finished == Timestamp(nanoseconds: 2))
        #expect(try journal.finishedRuns(limit: 10).count == 3)
        #expect(try journal.openRuns().isEmpty)
    }

    private static func listsBegun(_ journal: any Journal) throws {
        for number in 1...5 {
            try journal.append([started(at: Int64(number))], to: RunID("r\(number)"), after: 0)
        }
        for number in [4, 2] { try journal.append([finished(at: 9)], to: RunID("r\(number)"), after: 1) }
        func names(_ before: String? = nil, _ which: RunKind = .all, _ limit: Int = 9) throws -> [String] {
            try journal.runs(begunBefore: before.map { RunID($0) }, of: nil, which, limit: limit).map(\.run.text)
        }
        #expect(try names() == ["r5", "r4", "r3", "r2", "r1"])
        #expect(try names("r4", .all, 2) == ["r3", "r2"])
        #expect(try names(nil, .open) == ["r5", "r3", "r1"])
        #expect(try names("r4", .finished) == ["r2"])
        #expect(try names("nobody").isEmpty && names("r1").isEmpty && names(nil, .all, 0).isEmpty)
        #expect(try journal.runs(begunBefore: nil, of: "workflow", .open, limit: 1).map(\.run.text) == ["r5"])
        #expect(try journal.runs(begunBefore: nil, of: "other", .all, limit: 9).isEmpty)
    }

    private static func prunes(_ journal: any Journal) throws {
        try journal.append([started(at: 0)], to: RunID("open"), after: 0)
        for name in ["a", "b", "c", "d"] {
            try journal.append([started(at: 1), finished(at: 2)], to: RunID(name), after: 0)
        }
        #expect(try journal.prune(keepingNewest: 2) == 2)
        #expect(try journal.finishedRuns(limit: 10).map(\.run.text) == ["d", "c"])
        #expect(try journal.history(of: RunID("a")).isEmpty)
        #expect(try journal.history(of: RunID("open")).count == 1)
        #expect(try journal.prune(keepingNewest: 2) == 0)
        try journal.append([started(at: 3), finished(at: 4)], to: RunID("a"), after: 0)
        #expect(try journal.finishedRuns(limit: 1).map(\.run.text) == ["a"])
    }

    private static func sharesThreads(_ journal: any Journal) throws {
        let node = RunEvent(.taskStarted(task: "a", attempt: 1), at: Timestamp(nanoseconds: 1))
        concurrently(4) { thread in
            let run = RunID("run-\(thread)")
            try journal.append([started(at: 0)], to: run, after: 0)
            for count in 1...20 { try journal.append([node], to: run, after: count) }
        }
        for thread in 0..<4 { #expect(try journal.history(of: RunID("run-\(thread)")).count == 21) }
    }
}
