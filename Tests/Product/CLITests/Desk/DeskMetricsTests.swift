import Access
import DeskCommands
import Determinism
import Foundation
import ScratchFolders
import Server
import TaskQueues
import Telemetry
import Testing
import WorkflowEngine
import WorkflowModel

@testable import CLI

@Suite struct DeskMetricsTests {
    private let registry = MetricRegistry()
    private let time = SystemTime()

    private func plan() throws -> WorkflowPlan {
        try WorkflowPlan(WorkflowDefinition("look", tasks: [TaskDefinition("first", .work(type: "classify"))]))
    }

    private func metrics(
        _ journal: InMemoryJournal = InMemoryJournal(), _ queues: InMemoryTaskQueue = InMemoryTaskQueue()
    ) throws -> WorkflowMetrics {
        let plan = try plan()
        return try WorkflowMetrics(journal, queues, in: registry, time: time) { _ in plan }
    }

    @Test func `docs name exactly the metrics of a serving desk`() throws {
        let (folder, store) = try home()
        try ProcessMetrics().register(in: registry)
        try DeskMetrics.register(StoredDesk(home: folder.path, time: time), in: registry)
        _ = try metrics()
        let service = CommandService(try NoDesk.services(time, store), ledger: store.ledger)
        var configuration = ServerConfiguration()
        configuration.port = 0
        _ = try DeskServer(
            configuration,
            ServerParts(
                commands: service, gate: AccessGate(store, log: .silent) { nil },
                hub: StreamHub(epoch: "e", time: time), time: time, metrics: registry, log: .silent, seed: 7))
        let found = Set(registry.kinds.map { "\($0.key) \($0.value.rawValue)" })
        #expect(found == Set(try documented()))
    }

    @Test func `tasks are timed by type and outcome, and attempts nobody saw begin are not`() throws {
        let (journal, run) = (InMemoryJournal(), RunID("r-1"))
        let start = time.now
        let metrics = try metrics(journal)
        try journal.append([RunEvent(.runStarted(RunHeader(plan())), at: start)], to: run, after: 0)
        try metrics.note(OrchestrationEvent(.taskFailed, at: start, run: run, subject: "first"))
        try metrics.note(OrchestrationEvent(.taskStarted, at: start, run: run, subject: "first"))
        try metrics.note(
            OrchestrationEvent(.taskCompleted, at: start + .milliseconds(250), run: run, subject: "first"))
        try metrics.note(OrchestrationEvent(.workflowCompleted, at: start + .seconds(2), run: run))
        let lines = registry.text().split(separator: "\n")
        #expect(lines.contains(#"bellwether_task_seconds_sum{type="classify",outcome="completed"} 0.25"#))
        #expect(!lines.contains { $0.contains(#"outcome="failed""#) })
        #expect(lines.contains(#"bellwether_workflow_run_seconds_sum{workflow="look"} 2"#))
    }

    @Test func `messages are counted by queue and state`() throws {
        let queues = InMemoryTaskQueue()
        try queues.createQueue("jobs", QueueSettings(), at: time.now)
        _ = try metrics(InMemoryJournal(), queues)
        let lines = registry.text().split(separator: "\n")
        #expect(lines.contains(#"bellwether_queue_messages{queue="jobs",state="available"} 0"#))
    }

    private func home() throws -> (ScratchFolder, AccessStore) {
        let folder = try ScratchFolder()
        return (folder, try AccessStore(home: folder.path, time: time))
    }

    private func documented() throws -> [String] {
        var folder = URL(filePath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        let page = try String(contentsOf: folder.appending(path: "docs/metrics.md"), encoding: .utf8)
        return page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return "\(cells[0].filter { $0 != "`" }) \(cells[1])"
        }
    }
}
