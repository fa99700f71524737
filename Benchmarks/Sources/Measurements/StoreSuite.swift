import Determinism
import Dispatch
import ScratchFolders
import Storage
import Synchronization
import TradingStore
import WorkflowEngine
import WorkflowModel
import WorkflowStore

/// What must never be lost: audit records and workflow tasks, on disk before each call returns.
enum StoreSuite {
    private static let rounds = 5

    static func run() throws -> [Measurement] {
        let floor = try FileSync.measure("floor.fsync")
        let audits = try [(1, 300), (10, 100), (100, 50)].map { try audit(batch: $0.0, appends: $0.1) }
        let tasks = try [tasks(atOnce: 1, runs: 50), tasks(atOnce: 64, runs: 128)]
        return try floor + audits + workflows() + tasks
    }

    private static func audit(batch: Int, appends: Int) throws -> Measurement {
        let body = Array(String(repeating: #"{"price":"101.25"}"#, count: 16).utf8)
        let entry = AuditEntry(run: "bench", kind: "slice", time: Timestamp(nanoseconds: 0), body: body)
        let entries = Array(repeating: entry, count: batch)
        let folder = try ScratchFolder()
        let log = try AuditLog(Database(at: folder.file("audit.sqlite")), desk: "bench")
        let speeds = try (0..<rounds).map { _ in
            let taken = try seconds {
                for _ in 0..<appends { try log.append(entries) }
            }
            return Double(batch * appends) / taken
        }
        return Measurement("audit.append_per_second.\(batch)", "records/s", of: speeds)
    }

    /// Seven nodes, each after the one before it.
    private static func chain() throws -> StateGraph<Int> {
        let nodes = (0..<7).map { place in
            GraphNode<Int>(
                "node\(place)", after: place == 0 ? [] : ["node\(place - 1)"], run: { state, _ in state + 1 },
                apply: { output, state in state = output })
        }
        return try StateGraph("chain", nodes: nodes)
    }

    private static func workflows() throws -> [Measurement] {
        let folder = try ScratchFolder()
        let stored = try SQLiteJournal(Database(at: folder.file("journal.sqlite")))
        var (disk, memory): ([[Double]], [[Double]]) = ([], [])
        for round in 0..<rounds {
            disk.append(try runs(100, journal: stored, prefix: "disk\(round)"))
            memory.append(try runs(2000, journal: InMemoryJournal(), prefix: "memory"))
        }
        return [
            Measurement("workflow.run7.p50", "ms", of: disk.map { percentile(0.5, $0) * 1e3 }),
            Measurement("workflow.run7.p99", "ms", of: disk.map { percentile(0.99, $0) * 1e3 }),
            Measurement("workflow.run7.memory_journal.p50", "us", of: memory.map { percentile(0.5, $0) * 1e6 }),
        ]
    }

    private static func runs(_ count: Int, journal: any Journal, prefix: String) throws -> [Double] {
        let runner = GraphRunner(journal: journal, time: SystemTime())
        let definition = try chain()
        return try (0..<count).map { number in
            try seconds {
                _ = try runner.runSynchronously(definition, as: RunID("\(prefix)-\(number)"), from: 0)
            }
        }
    }

    /// Recorded tasks a second with so many runs at once, each on a thread of its own.
    private static func tasks(atOnce: Int, runs: Int) throws -> Measurement {
        let folder = try ScratchFolder()
        let journal = try SQLiteJournal(Database(at: folder.file("journal.sqlite")))
        let failures = Mutex<[any Error]>([])
        let speeds = (0..<rounds).map { round in
            let taken = seconds {
                DispatchQueue.concurrentPerform(iterations: atOnce) { place in
                    do {
                        _ = try StoreSuite.runs(runs / atOnce, journal: journal, prefix: "\(round)-\(place)")
                    } catch {
                        failures.withLock { $0.append(error) }
                    }
                }
            }
            return Double(7 * runs) / taken
        }
        if let error = failures.withLock({ $0.first }) { throw error }
        return Measurement("workflow.tasks_per_second.\(atOnce)", "tasks/s", of: speeds)
    }
}
