import Determinism
import Synchronization
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// Which runs a watcher shows: one and the runs that its steps start, or all.
struct WatchedRuns: Sendable {
    let run: RunID?

    func contains(_ other: RunID) -> Bool {
        guard let run else { return true }
        return other == run || other.text.hasPrefix(run.text + "::")
    }
}

/// Every event as an object on a line.
struct JSONWatcher: WorkflowWatcher {
    let runs: WatchedRuns
    /// The names of the events shown; nil for all.
    var kinds: Set<String>?
    let console: Console

    func show(_ event: RunEvent, of run: RunID) throws {
        guard runs.contains(run), kinds?.contains(EventRecord.name(of: event.fact)) ?? true else { return }
        try console.print(JSONValue(EventRecord.value(event, of: run), type: "event"))
    }
}

/// Every event on a line for people.
struct LineWatcher: WorkflowWatcher {
    let runs: WatchedRuns
    var kinds: Set<String>?
    let console: Console

    func show(_ event: RunEvent, of run: RunID) throws {
        guard runs.contains(run), kinds?.contains(EventRecord.name(of: event.fact)) ?? true else { return }
        let name = runs.run == run ? nil : run
        try console.print(
            WorkflowEventLine.text(event, run: name, console.style, width: console.profile.width))
    }
}

/// A run's tasks on a terminal, repainted as they change.
final class BoardWatcher: WorkflowWatcher {
    private let run: RunID
    private let replay: Mutex<RunReplay>
    private let display: LiveDisplay<WorkflowBoard>
    private let time: any TimeSource

    init(_ plan: WorkflowPlan, _ run: RunID, _ console: Console, time: any TimeSource) {
        self.run = run
        self.time = time
        replay = Mutex(RunReplay(plan, run: run))
        let style = console.style
        display = LiveDisplay(output: console.output, profile: console.profile, time: time) { board, width, height in
            board.lines(width: width, height: height, style)
        }
        display.watchTerminal()
    }

    func show(_ event: RunEvent, of run: RunID) throws {
        guard run == self.run else { return }
        let machine = try replay.withLock { replay in
            try replay.read(event)
            return replay.machine
        }
        try display.update(WorkflowBoard(machine: machine, now: time.now))
    }

    func rest() throws {
        let machine = replay.withLock { $0.machine }
        guard machine.started != nil else { return }
        try display.update(WorkflowBoard(machine: machine, now: time.now))
    }

    func close() throws { try display.finish() }
}
