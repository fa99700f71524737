public import Determinism
import WorkflowModel

extension Timestamp {
    /// The longest time that a definition may ask for.
    static let longest = Duration.seconds(100 * 365 * 86_400)

    /// The moment so much later, which is never so late that it cannot be counted.
    func after(_ duration: Duration) -> Timestamp {
        let span = min(max(duration, .zero), Timestamp.longest).nanoseconds
        let (sum, overflow) = nanoseconds.addingReportingOverflow(span)
        return Timestamp(nanoseconds: overflow ? .max : sum)
    }
}

extension RunMachine {
    /// How often the end of the process may cut a task's work off before the task is given up.
    static let longestCrashLoop = 20
    /// The code of the failure of a task whose work is cut off again and again.
    static let crashLoop = "crash_loop"

    /// The next moment at which something happens if nothing else does; nil where nothing would.
    public var nextDeadline: Timestamp? {
        var next: Timestamp?
        func add(_ moment: Timestamp) { next = min(next ?? moment, moment) }
        switch phase {
        case .new, .finished: return nil
        case .running:
            if let started { add(started.after(plan.definition.timeout)) }
            switch stagePhase {
            case .waiting(let moment, _): add(moment)
            case .open: if let window = window { add(window.until) }
            }
        case .stopping: break
        }
        for address in active {
            switch record(of: address)?.state {
            case .running(_, let until): add(until)
            case .retrying(_, let moment): add(moment)
            default: break
            }
        }
        return next
    }

    /// What happens because a moment has come; the step is empty where nothing does.
    public mutating func tick(at time: Timestamp) throws(RunMachineError) -> RunStep {
        var step = RunStep()
        if phase == .running, let started, started.after(plan.definition.timeout) <= time {
            step.join(try handle(RunEvent(.runTimedOut, at: time)))
        }
        for address in active.sorted() { step.join(try tick(address, at: time)) }
        if phase == .running { step.join(try tickStage(at: time)) }
        return step
    }

    private mutating func tick(_ address: TaskAddress, at time: Timestamp) throws(RunMachineError) -> RunStep {
        switch record(of: address)?.state {
        case .running(let attempt, let until) where until <= time:
            let task = name(of: address)
            guard !address.isUndo, case .wait = plan.tasks[address.place].definition.kind else {
                return try handle(RunEvent(.taskTimedOut(task: task, attempt: attempt), at: time))
            }
            return try handle(
                RunEvent(
                    .taskCompleted(task: task, attempt: attempt, output: Array("{}".utf8), cached: false), at: time))
        case .retrying(let attempt, let moment) where moment <= time:
            change(address) { $0.state = .queued(attempt: attempt) }
            var step = RunStep()
            step.commands.append(.queue(address, attempt: attempt))
            return step
        default: return RunStep()
        }
    }

    private mutating func tickStage(at time: Timestamp) throws(RunMachineError) -> RunStep {
        guard plan.definition.stages.indices.contains(stage) else { return RunStep() }
        let name = plan.definition.stages[stage].name
        switch stagePhase {
        case .waiting(_, let round) where isWindowOver(at: time):
            return try handle(RunEvent(.stageTimedOut(stage: name, round: round), at: time))
        case .waiting(let moment, let round) where moment <= time:
            return try handle(RunEvent(.stageStarted(stage: name, round: round), at: time))
        case .open(let round) where isWindowOver(at: time):
            return try handle(RunEvent(.stageTimedOut(stage: name, round: round), at: time))
        default: return RunStep()
        }
    }

    private var window: RunHeader.Window? {
        header?.windows.flatMap { stage < $0.count ? $0[stage] : nil }
    }

    func isWindowOver(at time: Timestamp) -> Bool {
        window.map { $0.until <= time } ?? false
    }

    /// What is left to do after a journal was read: work that was under way when the process died starts again.
    ///
    /// Work of a run that is being cancelled is not begun again, and work that keeps being cut off is given up.
    public mutating func recover(at time: Timestamp) throws(RunMachineError) -> RunStep {
        var step = RunStep()
        for address in active.sorted() { step.join(try recover(address, at: time)) }
        return step
    }

    private mutating func recover(_ address: TaskAddress, at time: Timestamp) throws(RunMachineError) -> RunStep {
        switch record(of: address)?.state {
        case .queued(let attempt): return again(address, attempt)
        case .running(let attempt, _): return try recoverRunning(address, attempt, at: time)
        default: return RunStep()
        }
    }

    private mutating func recoverRunning(
        _ address: TaskAddress, _ attempt: Int, at time: Timestamp
    ) throws(RunMachineError) -> RunStep {
        let task = name(of: address)
        guard let record = record(of: address), record.restarts < RunMachine.longestCrashLoop else {
            let message = "the process ended \(RunMachine.longestCrashLoop) times while this was being done"
            let failure = TaskFailure(code: RunMachine.crashLoop, message, mayRetry: false)
            return try handle(RunEvent(.taskFailed(task: task, attempt: attempt, failure), at: time))
        }
        if address.isUndo { return again(address, attempt) }
        switch (plan.tasks[address.place].definition.kind, phase) {
        case (.work, .stopping(.cancelled)), (.work, .stopping(.timedOut)):
            return try handle(RunEvent(.taskCancelled(task: task), at: time))
        case (.work, _): return again(address, attempt)
        case (.subprocess(let workflow), _): return command(.startChild(place: address.place, workflow: workflow))
        case (.circuitBreaker, _): return command(.readBreaker(place: address.place))
        case (.approval, _), (.wait, _), (.join, _): return RunStep()
        }
    }

    private func again(_ address: TaskAddress, _ attempt: Int) -> RunStep {
        command(.queue(address, attempt: attempt))
    }

    private func command(_ command: RunCommand) -> RunStep {
        var step = RunStep()
        step.commands.append(command)
        return step
    }
}
