import Determinism
import Foundation
import MarketData
import TradingDesk
import TradingModel

/// Runs a stored desk moment by moment: waits, obeys, shows, and keeps snapshots.
struct DeskRunner<Source: ResumableFeed> {
    let stored: StoredRun
    let clock: any TimeSource
    let isStopped: @Sendable () -> Bool
    private var driver: DeskDriver<Source>
    private var pace: Pace
    private let coder: CanonicalCoder
    /// Moments between two snapshots.
    private static var interval: Int { 64 }

    /// A runner at the beginning of its run, whose history is recorded here, or where the run was left.
    init(
        _ plan: DeskPlan, _ stored: StoredRun, feed: Source, history: [InstrumentHistory],
        news: @escaping DeskDriver<Source>.News, speed: Double?, clock: any TimeSource,
        isStopped: @escaping @Sendable () -> Bool
    ) throws {
        self.stored = stored
        self.clock = clock
        self.isStopped = isStopped
        pace = Pace(speed: speed, clock: clock)
        coder = CanonicalCoder(plan.universe)
        let checkpoint = try stored.snapshot.map { [coder] bytes in
            try coder.decode(DeskCheckpoint<Source.Cursor>.self, from: Data(bytes))
        }
        var session = try DeskSession(
            plan: plan, journal: stored.journal, log: stored, checkpoint: checkpoint?.state)
        if checkpoint == nil { try session.begin(history: history) }
        driver = try DeskDriver(session: session, feed: feed, news: news, checkpoint: checkpoint)
    }

    /// Runs to the end of the feed, or until it is stopped; nil where it was stopped and can be gone on with.
    mutating func run(_ display: any Display) async throws -> DeskSummary? {
        var moments = driver.session.state.moments
        while let next = driver.nextTime {
            if isStopped() { return nil }
            if !stored.isCatchingUp {
                if pace.rests(before: next) { try display.settle(driver.session.state) }
                try await pace.wait(for: next, unless: isStopped)
            }
            if isStopped() { return nil }
            let isKnown = stored.isCatchingUp
            guard let events = try driver.next(controls: try stored.controls(at: next)) else { break }
            if !isKnown { try display.show(events, driver.session.state) }
            moments += 1
            if moments % DeskRunner.interval == 0, let checkpoint = driver.checkpoint {
                try stored.keep(snapshot: [UInt8](try coder.encode(checkpoint)))
            }
        }
        let summary = try driver.finish()
        try stored.end(at: clock.now)
        return summary
    }

    /// Everything of the run that changes.
    var state: DeskState { driver.session.state }

    /// What the run has come to so far.
    func summary() throws -> DeskSummary {
        try driver.summary()
    }
}
