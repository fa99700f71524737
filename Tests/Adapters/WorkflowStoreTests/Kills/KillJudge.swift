import Determinism
import Storage
import TaskQueues
import WorkflowEngine
import WorkflowKills
import WorkflowModel
import WorkflowStore

/// Says what is wrong in a folder after its workers were killed and the last one has done what was left.
struct KillJudge {
    private(set) var problems: [String] = []
    /// How many tasks were done.
    private(set) var tasks = 0
    /// How often the work of tasks was tried.
    private(set) var tries = 0
    /// How often work was begun again that a kill had cut off.
    private(set) var restarts = 0
    /// How many keys something was done under.
    private(set) var effects = 0
    private let client: KillClient
    private let journal: SQLiteJournal
    private let runs: [RunID: RunSummary]
    private var expected: Set<String> = []
    /// How often each key's work was begun, by the histories.
    private var begun: [String: Int] = [:]

    init(_ client: KillClient, in folder: String) throws {
        self.client = client
        let database = try Database(at: "\(folder)/workflows.sqlite")
        journal = SQLiteJournal(reading: database)
        let finished = try journal.finishedRuns(limit: 1_000_000)
        runs = Dictionary(finished.map { ($0.run, $0) }) { first, _ in first }
        problems += try journal.openRuns().map { "'\($0.run)' is open" }
        if finished.count != runs.count { problems.append("a run is there twice") }
        try judge(database)
        judgeRequests()
        for run in runs.keys.sorted() { try judge(run) }
        try judge(EffectFolder(in: folder))
    }

    /// How many runs there are.
    var count: Int { runs.count }

    private mutating func judge(_ database: Database) throws {
        let verdict = try database.read { try $0.first("PRAGMA integrity_check") { try $0.text(0) } }
        if verdict != "ok" { problems.append("the database: \(verdict ?? "nothing")") }
        let queues = SQLiteTaskQueue(reading: database)
        let status = try queues.status(of: nil, including: 5, at: SystemTime().now)
        for queue in status.queues where queue.totalMessages > 0 {
            problems.append("\(queue.totalMessages) messages are on '\(queue.name)': \(queue.messages ?? [])")
        }
    }

    /// What was acknowledged must be there, and nothing may be there twice or without having been asked for.
    private mutating func judgeRequests() {
        var found: [String: Int] = [:]
        for run in runs.values { found[asked(run), default: 0] += 1 }
        for (name, request) in client.requests {
            let count = found.removeValue(forKey: name) ?? 0
            if count == 0, client.acknowledged.contains(name) { problems.append("'\(name)' is lost") }
            if count > 1 { problems.append("'\(name)' was run \(count) times") }
            guard count > 0, request.plan == .diamond else { continue }
            if found.removeValue(forKey: "\(name)::c") != 1 { problems.append("'\(name)' has not one inner run") }
        }
        problems += found.keys.sorted().map { "nobody asked for '\($0)'" }
    }

    /// What a run was asked for as: its name, or the message that it is about.
    private func asked(_ run: RunSummary) -> String {
        guard run.run.text.hasPrefix("\(KillPlan.mail)/") else { return run.run.text }
        return String(run.run.text.dropFirst(KillPlan.mail.utf8.count + 1).prefix { $0 != "#" })
    }

    private mutating func judge(_ run: RunID) throws {
        guard let summary = runs[run], let kind = KillPlan(rawValue: summary.header.workflow) else { return }
        if summary.outcome != kind.outcome(of: run.text) {
            problems.append("'\(run)' ended \(summary.outcome.map { "\($0)" } ?? "never")")
        }
        let history = try journal.history(of: run)
        do {
            _ = try RunReplay.machine(try kind.plan, run: run, history)
        } catch {
            problems.append("'\(run)' replays otherwise: \(error)")
        }
        var done: [String] = []
        var tried: Set<String> = []
        for event in history {
            switch event.fact {
            case .taskStarted(let task, let attempt):
                begun["\(run)/\(task)", default: 0] += 1
                if !tried.insert("\(attempt) \(task)").inserted { restarts += 1 }
            case .taskCompleted(let task, _, _, _): done.append(task)
            default: break
            }
        }
        let effects = kind.effects(of: run.text)
        let inner = kind == .diamond ? ["c"] : []
        if done.sorted() != (effects + inner).sorted() { problems.append("'\(run)' did \(done)") }
        tasks += done.count
        expected.formUnion(effects.map { "\(run)/\($0)" })
    }

    /// Exactly what the runs explain was done outside, and tried no oftener than a kill can make it.
    private mutating func judge(_ folder: EffectFolder) throws {
        let keys = try folder.keys()
        problems += expected.subtracting(keys).sorted().map { "'\($0)' was not done" }
        problems += keys.subtracting(expected).sorted().map { "'\($0)' was done for no run" }
        let tried = try folder.tries()
        for (key, count) in tried where count > begun[key, default: 0] {
            problems.append("'\(key)' was tried \(count) times and begun \(begun[key, default: 0]) times")
        }
        tries = tried.values.reduce(0, +)
        effects = keys.count
        let again = tries - effects
        if again > client.kills * KillPlan.capacity { problems.append("\(again) tries were made again") }
    }
}

extension KillPlan {
    fileprivate func outcome(of run: String) -> RunOutcome {
        guard self == .saga, KillPlan.fails(run) else { return .completed }
        let failure = RunOutcome.Failure(task: "c", attempts: 1, error: "odd")
        return RunOutcome(.failed, failures: [failure], compensated: ["b", "a"])
    }
}
