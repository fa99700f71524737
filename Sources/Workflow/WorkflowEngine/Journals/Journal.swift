public import Determinism

/// Where the events of runs are kept: what a run is resumed from.
///
/// Calls may come from several threads; appends to different runs do not wait for each other's order.
public protocol Journal: Sendable {
    /// Adds events to a run that has `count` of them; all are durable when this returns, or none is kept.
    ///
    /// The first event of a run is `runStarted`. Throws `.conflict` where the run has more or fewer events, or has
    /// finished: two are running it at once.
    func append(_ events: [RunEvent], to run: RunID, after count: Int) throws

    /// The events of a run in order; empty where there is no such run.
    func history(of run: RunID) throws -> [RunEvent]

    /// The runs that have not finished, in the order they were started.
    func openRuns() throws -> [RunSummary]

    /// The runs that finished last, newest first.
    func finishedRuns(limit: Int) throws -> [RunSummary]

    /// Forgets all finished runs but the newest ones and returns how many were forgotten; open runs stay.
    @discardableResult
    func prune(keepingNewest count: Int) throws -> Int
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

/// Why a journal refused.
public struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of trouble.
    public enum Code: Sendable, Hashable {
        /// Somebody else has written to the run, or it has finished.
        case conflict
        /// What is stored cannot be understood.
        case corrupt
        /// The store failed.
        case unavailable
    }

    /// The kind of trouble.
    public let code: Code
    /// What was wrong and what to do.
    public let message: String

    /// An error as found.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The refusal of events that do not continue a run where it stands.
    public static func conflict(_ run: RunID, expected: Int, found: Int, finished: Bool) -> JournalError {
        let state = finished ? "has finished" : "has \(found) events, not \(expected)"
        return JournalError(.conflict, "the run '\(run)' \(state): another process is running it. Stop one of them.")
    }

    public var description: String { message }
}
