public import Determinism
public import TaskQueues
public import WorkflowModel

/// Where the events of runs are kept: what a run is resumed from.
///
/// Calls may come from several threads; appends to different runs do not wait for each other's order.
public protocol Journal: Sendable {
    /// Keeps all of it durably, or none.
    ///
    /// Throws `.conflict` where a run has more or fewer events than said, or has finished: two are running it at once.
    /// A queue change by a holder who has lost the message is left out, for somebody else has it now; any other queue
    /// change that is refused throws, and nothing is kept.
    func commit(_ batch: JournalBatch) throws

    /// The events of a run in order; empty where there is no such run.
    func history(of run: RunID) throws -> [RunEvent]

    /// The runs that have not finished, in the order they were started.
    func openRuns() throws -> [RunSummary]

    /// The runs that finished last, newest first.
    func finishedRuns(limit: Int) throws -> [RunSummary]

    /// The runs that began last, newest first, at most `limit`; only those that began before `run`, where one is given,
    /// and of a workflow, where one is named. None before a run that is not known.
    func runs(begunBefore run: RunID?, of workflow: String?, _ which: RunKind, limit: Int) throws -> [RunSummary]

    /// Forgets all finished runs but the newest ones and returns how many were forgotten; open runs stay.
    @discardableResult
    func prune(keepingNewest count: Int) throws -> Int

    /// A run in a few words; nil where there is no such run.
    func summary(of run: RunID) throws -> RunSummary?

    /// What is kept under a key; nil where nothing is.
    func value(of key: StateKey) throws -> [UInt8]?

    /// Everything kept of a kind, by name.
    func values(of kind: String) throws -> [String: [UInt8]]
}

extension Journal {
    /// Adds events to a run that has `count` of them; all are durable when this returns, or none is kept.
    public func append(_ events: [RunEvent], to run: RunID, after count: Int) throws {
        try commit(JournalBatch(appends: [JournalAppend(run: run, after: count, events: events)]))
    }

    /// What is known of a run in a few words; nil where there is no such run.
    public func summary(of run: RunID) throws -> RunSummary? {
        let history = try history(of: run)
        guard let first = history.first, case .runStarted(let header) = first.fact else { return nil }
        guard let last = history.last, case .runFinished(let outcome) = last.fact else {
            return RunSummary(run: run, header: header, started: first.time)
        }
        return RunSummary(run: run, header: header, started: first.time, finished: last.time, outcome: outcome)
    }
}

/// Which runs are wanted.
public enum RunKind: Sendable, Hashable, CaseIterable {
    /// Those that have not finished.
    case open
    /// Those that have.
    case finished
    /// Both.
    case all
}

extension Journal {
    /// Cost: looks at every run. Journals that hold many do better.
    public func runs(
        begunBefore run: RunID?, of workflow: String?, _ which: RunKind, limit: Int
    ) throws -> [RunSummary] {
        let all = try openRuns() + finishedRuns(limit: .max)
        let ordered = all.sorted { ($1.started, $1.run) < ($0.started, $0.run) }
        guard let start = run.map({ run in ordered.firstIndex { $0.run == run } }) ?? -1 else { return [] }
        return Array(ordered.dropFirst(start + 1).filter { $0.fits(workflow, which) }.prefix(max(0, limit)))
    }
}

extension RunSummary {
    fileprivate func fits(_ workflow: String?, _ which: RunKind) -> Bool {
        let isWanted = which == .all || (which == .open) == (outcome == nil)
        return isWanted && (workflow == nil || header.workflow == workflow)
    }
}

/// Changes that become durable together.
public struct JournalBatch: Sendable, Hashable {
    /// Events of runs.
    public var appends: [JournalAppend]
    /// What is kept beside the runs; nil forgets it.
    public var states: [StateKey: [UInt8]?]
    /// What changes on queues, in this order.
    public var queueChanges: [QueueChange]
    /// When the queues change.
    public var time: Timestamp

    /// Changes.
    public init(
        appends: [JournalAppend] = [], states: [StateKey: [UInt8]?] = [:], queueChanges: [QueueChange] = [],
        at time: Timestamp = Timestamp(nanoseconds: 0)
    ) {
        self.appends = appends
        self.states = states
        self.queueChanges = queueChanges
        self.time = time
    }

    /// Whether nothing changes.
    public var isEmpty: Bool { appends.isEmpty && states.isEmpty && queueChanges.isEmpty }
}

/// Events that follow those which a run has.
public struct JournalAppend: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// How many events it has; its first event is `runStarted`.
    public let after: Int
    /// What is added.
    public var events: [RunEvent]

    /// Events that follow those which a run has.
    public init(run: RunID, after: Int, events: [RunEvent]) {
        self.run = run
        self.after = after
        self.events = events
    }
}

/// What a piece of state is kept under.
public struct StateKey: Sendable, Hashable, Comparable {
    /// What sort of state it is: `breaker`, `cache`, `trigger`, `definition`…
    public let kind: String
    /// Its name among its kind.
    public let name: String

    /// A key.
    public init(_ kind: String, _ name: String) {
        self.kind = kind
        self.name = name
    }

    public static func < (left: StateKey, right: StateKey) -> Bool {
        (left.kind, left.name) < (right.kind, right.name)
    }
}

/// A run in a few words.
public struct RunSummary: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// What it follows.
    public let header: RunHeader
    /// When it began.
    public let started: Timestamp
    /// When it ended; nil while it is open.
    public let finished: Timestamp?
    /// How it ended; nil while it is open.
    public let outcome: RunOutcome?

    /// A run in a few words.
    public init(
        run: RunID, header: RunHeader, started: Timestamp, finished: Timestamp? = nil, outcome: RunOutcome? = nil
    ) {
        self.run = run
        self.header = header
        self.started = started
        self.finished = finished
        self.outcome = outcome
    }
}
