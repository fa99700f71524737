import Determinism
import Foundation
import MarketData
import TradingDesk
import TradingModel
import WorkflowEngine

/// Runs a stored desk moment by moment: waits, obeys, shows, and keeps snapshots.
struct DeskRunner<Source: ResumableFeed> {
    let stored: StoredRun
    let clock: any TimeSource
    let isStopped: @Sendable () -> Bool
    private var driver: DeskDriver<Source>
    private var pace: Pace
    private let coder: CanonicalCoder
    private let interval: Int

    /// A runner at the beginning of its run, whose history is recorded here, or where the run was left.
    ///
    /// A snapshot is kept every `interval` moments. `through` may put something before the journal and the records.
    init(
        _ plan: DeskPlan, _ stored: StoredRun, feed: Source, history: [InstrumentHistory],
        news: @escaping DeskDriver<Source>.News, speed: Double?, clock: any TimeSource,
        interval: Int = 64,
        through: (any Journal, any DecisionLog) -> (any Journal, any DecisionLog) = { ($0, $1) },
        isStopped: @escaping @Sendable () -> Bool
    ) throws {
        self.interval = interval
        self.stored = stored
        self.clock = clock
        self.isStopped = isStopped
        pace = Pace(speed: speed, clock: clock)
        coder = CanonicalCoder(plan.universe)
        let checkpoint = try stored.snapshot.map { [coder] bytes in
            try coder.decode(DeskCheckpoint<Source.Cursor>.self, from: Data(bytes))
        }
        let (journal, log) = through(stored.journal, stored)
        var session = try DeskSession(plan: plan, journal: journal, log: log, checkpoint: checkpoint?.state)
        if checkpoint == nil { try session.begin(history: history) }
        driver = try DeskDriver(session: session, feed: feed, news: news, checkpoint: checkpoint)
    }

    /// When the next moment is; nil at the end.
    var nextTime: Timestamp? { driver.nextTime }

    /// Runs to the end of the feed, or until it is stopped; nil where it was stopped and can be gone on with.
    mutating func run(_ display: any Display) async throws -> DeskSummary? {
        while let next = driver.nextTime {
            if isStopped() { return nil }
            if !stored.isCatchingUp {
                if pace.rests(before: next) { try display.settle(driver.session.state) }
                try await pace.wait(for: next, unless: isStopped)
            }
            if isStopped() { return nil }
            guard try handleNext(display) else { break }
        }
        return try finish()
    }

    /// Handles the next moment, and keeps a snapshot where one is due; false at the end of the feed.
    mutating func handleNext(_ display: any Display) throws -> Bool {
        let isKnown = stored.isCatchingUp
        let moments = driver.session.state.moments
        guard let events = try driver.next(controls: try stored.controls(at: driver.nextTime)) else { return false }
        if !isKnown { try display.show(events, driver.session.state) }
        // Where only the clock moved there may be no record to tell one state from the next.
        let isDue = driver.session.state.moments != moments && driver.session.state.moments % interval == 0
        if isDue, let bytes = try checkpoint {
            try stored.keep(snapshot: bytes)
        }
        return true
    }

    /// Ends the run: records the summary and returns it.
    mutating func finish() throws -> DeskSummary {
        let summary = try driver.finish()
        try stored.end(at: clock.now)
        return summary
    }

    /// Everything of the run that changes.
    var state: DeskState { driver.session.state }

    /// The state to go on from, as snapshots hold it; nil inside a moment that was cut in two.
    var checkpoint: [UInt8]? {
        get throws { try driver.checkpoint.map { [UInt8](try coder.encode($0)) } }
    }

    /// What the run has come to so far.
    func summary() throws -> DeskSummary {
        try driver.summary()
    }
}
