public import Determinism
public import WorkflowEngine
public import WorkflowModel

/// What the runs of some time came to, computed from their histories.
public struct ExecutionStatistics: Sendable, Hashable {
    /// What one step came to in all these runs.
    public struct Step: Sendable, Hashable {
        /// How often it was done to an end, good or bad.
        public internal(set) var count = 0
        /// How often it was completed.
        public internal(set) var completed = 0
        /// How often it was tried in all.
        public internal(set) var attempts = 0
        /// How long its tries took together, waits between them left out.
        public internal(set) var time = Duration.zero

        /// The mean time of a try that ended; nil where none did.
        public var averageTime: Duration? { attempts > 0 ? time / attempts : nil }
        /// The share that was completed; nil where it was never done.
        public var successRate: Double? { count > 0 ? Double(completed) / Double(count) : nil }
    }

    /// A task of a workflow, in whichever version.
    public struct TaskName: Sendable, Hashable {
        let workflow: String
        let task: String
    }

    /// How a try of a task ended.
    public struct Ending: Sendable, Hashable {
        let time: Timestamp
        let isGood: Bool
    }

    /// From when on.
    public let from: Timestamp
    /// Until when.
    public let until: Timestamp
    /// Runs that began in that time.
    public private(set) var executions = 0
    /// Those of them that completed.
    public private(set) var completed = 0
    /// Those of them that ended in another way.
    public private(set) var failed = 0
    /// The steps by name.
    public private(set) var steps: [String: Step] = [:]
    /// How long the runs that ended took, shortest first.
    public private(set) var durations: [Duration] = []
    /// How the newest try of each task ended.
    public private(set) var newest: [TaskName: Ending] = [:]
    private var workflow = ""
    private var tries: [TaskKey: Timestamp] = [:]

    /// Statistics of no run yet.
    public init(from: Timestamp, until: Timestamp) {
        self.from = from
        self.until = until
    }

    /// Runs that have not ended.
    public var open: Int { executions - completed - failed }
    /// The share of the ended runs that completed; nil where none ended.
    public var successRate: Double? {
        completed + failed > 0 ? Double(completed) / Double(completed + failed) : nil
    }
    /// The mean time of a run; nil where none ended.
    public var averageDuration: Duration? {
        durations.isEmpty ? nil : durations.reduce(.zero, +) / durations.count
    }
    /// The time of all tries together.
    public var workTime: Duration { steps.values.reduce(.zero) { $0 + $1.time } }
    /// Tasks that were completed.
    public var completedTasks: Int { steps.values.reduce(0) { $0 + $1.completed } }
    /// The mean time of a try; nil where there was none.
    public var averageTaskDuration: Duration? {
        let attempts = steps.values.reduce(0) { $0 + $1.attempts }
        return attempts > 0 ? workTime / attempts : nil
    }

    /// The time that a share of the runs did not exceed (nearest rank); nil where none ended.
    public func duration(atShare share: Double) -> Duration? {
        guard !durations.isEmpty else { return nil }
        let rank = Int((share * Double(durations.count)).rounded(.up))
        return durations[min(max(rank, 1), durations.count) - 1]
    }

    /// Adds a run by its history.
    public mutating func add(_ run: RunID, _ history: [RunEvent]) {
        guard let first = history.first else { return }
        executions += 1
        if case .runStarted(let header) = first.fact { workflow = header.workflow }
        for event in history { add(event, of: run) }
        tries = [:]
        guard let last = history.last, case .runFinished(let outcome) = last.fact else { return }
        if outcome.status == .completed { completed += 1 } else { failed += 1 }
        let length = last.time - first.time
        durations.insert(length, at: durations.firstIndex { $0 > length } ?? durations.count)
    }

    private mutating func add(_ event: RunEvent, of run: RunID) {
        switch event.fact {
        case .taskStarted(let task, let attempt):
            tries[TaskKey(run: run, task: task, attempt: attempt)] = event.time
        case .taskCompleted(let task, let attempt, _, _):
            end(TaskKey(run: run, task: task, attempt: attempt), at: event.time)
            steps[task, default: Step()].count += 1
            steps[task, default: Step()].completed += 1
            note(task, isGood: true, at: event.time)
        case .taskFailed(let task, let attempt, _), .taskTimedOut(let task, let attempt):
            end(TaskKey(run: run, task: task, attempt: attempt), at: event.time)
            steps[task, default: Step()].count += 1
            note(task, isGood: false, at: event.time)
        case .taskRetrying(let task, _, _):
            // The failure before it was not the end.
            steps[task, default: Step()].count -= 1
        default: break
        }
    }

    private mutating func note(_ task: String, isGood: Bool, at time: Timestamp) {
        let name = TaskName(workflow: workflow, task: task)
        guard newest[name].map({ $0.time <= time }) ?? true else { return }
        newest[name] = Ending(time: time, isGood: isGood)
    }

    private mutating func end(_ key: TaskKey, at time: Timestamp) {
        guard let started = tries.removeValue(forKey: key) else { return }
        steps[key.task, default: Step()].attempts += 1
        steps[key.task, default: Step()].time += time - started
    }
}

extension ExecutionStatistics {
    /// The statistics of the runs in a journal that began in a time, of one workflow where one is named.
    public static func read(
        _ journal: any Journal, workflow: String? = nil, from: Timestamp, until: Timestamp
    ) throws -> ExecutionStatistics {
        var statistics = ExecutionStatistics(from: from, until: until)
        for run in try journal.openRuns() + journal.finishedRuns(limit: mostRuns) {
            guard run.started >= from, run.started <= until else { continue }
            guard workflow == nil || run.header.workflow == workflow else { continue }
            statistics.add(run.run, try journal.history(of: run.run))
        }
        return statistics
    }

    /// The most ended runs that are looked at, the newest first.
    public static let mostRuns = 100_000
}
