import WorkflowEngine
import WorkflowModel

/// Says what is wrong with the histories of a world that has come to rest, without asking the engine.
public enum HistoryCheck {
    /// Everything that is wrong.
    public static func problems(_ world: EngineWorld) -> [String] {
        var problems = world.ledger.contradictions.map { "done differently under one key: \($0)" }
        for request in world.requests {
            guard case .start(let start) = request.ask, request.answer == .granted else { continue }
            if world.histories[start.run] == nil { problems.append("the granted run '\(start.run)' is lost") }
        }
        for run in world.histories.keys.sorted() {
            problems += self.problems(run, world).map { "'\(run)': \($0)" }
        }
        return problems
    }

    private static func problems(_ run: RunID, _ world: EngineWorld) -> [String] {
        let history = world.histories[run] ?? []
        guard case .runStarted(let header)? = history.first?.fact,
            let plan = world.setup.plans.first(where: { $0.name == header.workflow && $0.version == header.version })
        else { return ["it does not begin with its start"] }
        do {
            let machine = try RunReplay.machine(plan, run: run, history)
            var reading = HistoryReading(machine.plan, run)
            for event in history { reading.read(event) }
            return reading.problems + reading.missing(in: world.ledger)
        } catch {
            return ["replaying disagrees: \(error)"]
        }
    }
}

/// What a history says about each task, kept by simple rules of its own.
struct HistoryReading {
    private(set) var problems: [String] = []
    private let plan: WorkflowPlan
    private let run: RunID
    private var states: [String: String] = [:]
    private var outputs: [String: [UInt8]] = [:]
    private var rounds: [String: Int] = [:]
    /// Tasks whose work was or may have been done and would have to be undone, in the order in which they ended.
    private var toUndo: [String] = []
    private var uncertain: Set<String> = []
    private var undone: [String] = []
    private var expectedKeys: [String] = []
    private var outcome: RunOutcome?

    init(_ plan: WorkflowPlan, _ run: RunID) {
        self.plan = plan
        self.run = run
    }

    mutating func read(_ event: RunEvent) {
        if outcome != nil { problems.append("something happened after the end: \(event.text)") }
        switch event.fact {
        case .stageStarted(let stage, let round): begin(stage, round)
        case .taskStarted(let task, _): start(task)
        case .taskCompleted(let task, _, let output, let cached): complete(task, output, cached)
        case .taskFailed(let task, _, let failure):
            if failure.code == "crash_loop" { uncertain.insert(task) }
            end(task, "failed")
        case .taskTimedOut(let task, _):
            uncertain.insert(task)
            end(task, "timed out")
        case .taskRetrying(let task, _, _): states[task] = "retrying"
        case .taskCancelled(let task):
            if isWork(task) || isSubprocess(task) { uncertain.insert(task) }
            end(task, "cancelled")
        case .taskSkipped(let task, let reason): skip(task, reason)
        case .runFinished(let end): finish(end)
        case .runStarted, .stageCompleted, .stageTimedOut, .cancelRequested, .runTimedOut, .runAdjusted: break
        }
    }

    /// What should have been done outside and was not.
    func missing(in ledger: EffectLedger) -> [String] {
        expectedKeys.filter { ledger.effects[$0] == nil }.map { "'\($0)' was recorded as done and was not" }
    }

    private mutating func begin(_ stage: String, _ round: Int) {
        guard let place = plan.definition.stages.firstIndex(where: { $0.name == stage }) else { return }
        for task in plan.tasks where task.definition.stage == place {
            rounds[task.name] = round
            guard round > 1 else { continue }
            states[task.name] = nil
            outputs[task.name] = nil
            uncertain.remove(task.name)
            toUndo.removeAll { $0 == task.name }
        }
    }

    private mutating func start(_ task: String) {
        if task.hasPrefix("undo:") {
            if states[task] == nil { undone.append(String(task.dropFirst(5))) }
            states[task] = "running"
            return
        }
        let before = states[task]
        if let before, !["running", "retrying"].contains(before) {
            problems.append("'\(task)' was begun although it was \(before)")
        }
        states[task] = "running"
        guard let place = plan.place(of: task) else { return problems.append("'\(task)' is unknown") }
        for needed in plan.tasks[place].dependencies.map({ plan.tasks[$0].name }) {
            guard ["completed", "passed over"].contains(states[needed] ?? "") else {
                problems.append("'\(task)' was begun although '\(needed)' was \(states[needed] ?? "pending")")
                continue
            }
        }
    }

    private mutating func complete(_ task: String, _ output: [UInt8], _ cached: Bool) {
        if let old = outputs[task] { problems.append("'\(task)' was completed twice: \(old) and \(output)") }
        outputs[task] = output
        if states[task] != "running" { problems.append("'\(task)' was completed without being begun") }
        states[task] = "completed"
        if task.hasPrefix("undo:") { return expectedKeys.append(key(task)) }
        if cached, !uncertain.contains(task) { return }
        if isWork(task), !cached { expectedKeys.append(key(task)) }
        noteForUndoing(task)
    }

    private mutating func end(_ task: String, _ state: String) {
        states[task] = state
        if task.hasPrefix("undo:") { return }
        if uncertain.contains(task) { noteForUndoing(task) }
    }

    private mutating func skip(_ task: String, _ reason: SkipReason) {
        if let state = states[task], state != "retrying" { problems.append("'\(task)' was skipped although \(state)") }
        if uncertain.contains(task) { noteForUndoing(task) }
        states[task] = reason.counts ? "passed over" : "blocked"
    }

    private mutating func noteForUndoing(_ task: String) {
        guard let place = plan.place(of: task), plan.tasks[place].definition.compensation != nil else { return }
        toUndo.removeAll { $0 == task }
        toUndo.append(task)
    }

    private mutating func finish(_ end: RunOutcome) {
        outcome = end
        for task in plan.tasks where states[task.name] == nil || states[task.name] == "running" {
            problems.append("the run ended while '\(task.name)' was \(states[task.name] ?? "pending")")
        }
        let expected = end.status == .completed ? [] : Array(toUndo.reversed())
        if undone != expected { problems.append("undone were \(undone), should have been \(expected)") }
        let told = (end.compensated + end.uncompensated.map(\.task)).sorted()
        if told != expected.sorted() || !expected.filter(end.compensated.contains).elementsEqual(end.compensated) {
            problems.append(
                "told to be undone were \(end.compensated) and not \(end.uncompensated), should have been \(expected)")
        }
    }

    private func isWork(_ task: String) -> Bool {
        guard let place = plan.place(of: task) else { return task.hasPrefix("undo:") }
        guard case .work = plan.tasks[place].definition.kind else { return false }
        return true
    }

    private func isSubprocess(_ task: String) -> Bool {
        guard let place = plan.place(of: task), case .subprocess = plan.tasks[place].definition.kind else {
            return false
        }
        return true
    }

    private func key(_ task: String) -> String {
        let name = task.hasPrefix("undo:") ? String(task.dropFirst(5)) : task
        let round = rounds[name] ?? 1
        return "\(run)/\(task)\(round > 1 ? "#\(round)" : "")"
    }
}
