import Determinism
import Foundation
import MarketData
import TradingDesk
import TradingModel
import WorkflowEngine

/// Runs a stored desk moment by moment: waits, obeys, shows, and keeps snapshots.
struct DeskRunner<Source: ResumableFeed & Sendable> {
    let stored: StoredRun
    let clock: any TimeSource
    let isStopped: @Sendable () -> Bool
    /// Whoever follows the run from this process.
    private let live: LiveDesk?
    /// The work of workflows that run beside it.
    private let work: DeskWork?
    private var ledger = EffectLedger()
    private var yielded = Timestamp(nanoseconds: 0)
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
        interval: Int = 64, live: LiveDesk? = nil, work: DeskWork? = nil,
        through: (any Journal, any DecisionLog) -> (any Journal, any DecisionLog) = { ($0, $1) },
        isStopped: @escaping @Sendable () -> Bool
    ) throws {
        self.interval = interval
        self.live = live
        self.work = work
        if let work { ledger = try work.ledger() }
        self.stored = stored
        self.clock = clock
        self.isStopped = isStopped
        pace = Pace(speed: speed, clock: clock)
        coder = CanonicalCoder(plan.universe)
        let checkpoint = try stored.snapshot.map { [coder] bytes in
            try coder.decode(DeskCheckpoint<Source.Cursor>.self, from: Data(bytes))
        }
        let (journal, log) = through(stored.journal, live?.following(stored) ?? stored)
        var session = try DeskSession(plan: plan, journal: journal, log: log, checkpoint: checkpoint?.state)
        if checkpoint == nil { try session.begin(history: history) }
        driver = try DeskDriver(session: session, feed: feed, news: news, checkpoint: checkpoint)
        live?.begin(driver.session.state, history: history)
    }

    /// When the next moment is; nil at the end.
    var nextTime: Timestamp? { driver.nextTime }

    /// Runs to the end of the feed, or until it is stopped; nil where it was stopped and can be gone on with.
    mutating func run(_ display: any Display) async throws -> DeskSummary? {
        let (stored, live, work, isStopped) = (stored, live, work, isStopped)
        defer { work?.jobs.close() }
        while let next = driver.nextTime {
            if isStopped() { return try stop() }
            if !stored.isCatchingUp {
                if pace.rests(before: next) { try settle(display) }
                var watch = RequestWatch(clock)
                let isDue = try await pace.wait(for: next) {
                    try isStopped() || work?.jobs.isWaiting ?? false || watch.sees(stored, live)
                }
                if isStopped() { return try stop() }
                let hasObeyed = try watch.hasSeen && intervene(before: next, display)
                if try doWork(display) || hasObeyed || !isDue { continue }
            }
            guard try handleNext(display) else { break }
            await letOthersWork()
        }
        return try finish()
    }

    /// Without a pace the desk never waits: what is served beside it gets its turn now and then.
    private mutating func letOthersWork() async {
        let now = clock.now
        guard now >= yielded + .milliseconds(20) || now < yielded else { return }
        yielded = now
        await Task.yield()
    }

    private func settle(_ display: any Display) throws {
        try display.settle(driver.session.state)
        live?.publish(driver.session.state)
    }

    /// The last state is kept, so that what is read of a stopped run is where it stopped.
    private mutating func stop() throws -> DeskSummary? {
        if !stored.isCatchingUp { try stored.keep(last: try checkpoint) }
        live?.end(driver.session.state, .stopped)
        return nil
    }

    /// Obeys what was asked while the market rests, at the market's time now; false where no time is left before the
    /// next moment.
    mutating func intervene(before next: Timestamp, _ display: any Display) throws -> Bool {
        guard let time = driver.moment(near: pace.now) else { return false }
        let controls = try stored.controls(at: time)
        guard !controls.isEmpty else { return false }
        try told(try driver.intervene(at: time, controls: controls), [], display, isKnown: false)
        return true
    }

    /// Does what workflows wait for, all that waits now; false where nothing did, or nothing can be done at present.
    mutating func doWork(_ display: any Display) throws -> Bool {
        guard let work, driver.moment(near: nil) != nil else { return false }
        var isDone = false
        while let job = work.jobs.next() {
            isDone = true
            try perform(job, work, display)
        }
        return isDone
    }

    private mutating func perform(_ job: DeskJobs.Job, _ work: DeskWork, _ display: any Display) throws {
        var desk = DriverDesk(driver, ledger: ledger, at: pace.now, work.outlets)
        let before = ledger
        let outcome = Result { try StepLibrary.standard.perform(job.order, on: &desk) }
        (driver, ledger) = (desk.driver, desk.ledger)
        do {
            if let failure = desk.failure { throw failure }
            if !desk.events.isEmpty { try told(desk.events, [], display, isKnown: false) }
            if ledger != before { ledger = try work.keep(ledger) }
        } catch {
            job.answer.resume(throwing: error)
            throw error
        }
        job.answer.resume(with: outcome)
    }

    /// Obeys again what was obeyed between two moments before; false where nothing was.
    private mutating func repeatIntervention(_ display: any Display) throws -> Bool {
        guard let last = driver.lastTime, let next = driver.nextTime,
            let time = stored.pastIntervention(after: last, before: next)
        else { return false }
        try told(try driver.intervene(at: time, controls: stored.controls(at: time)), [], display, isKnown: true)
        return true
    }

    private mutating func told(
        _ events: [DeskEvent], _ market: [MarketEvent], _ display: any Display, isKnown: Bool
    ) throws {
        if !isKnown {
            for case .report(let report) in events {
                if case .filled(let fill, _) = report.outcome { try ledger.note(fill) }
            }
            try display.show(events, driver.session.state)
        }
        live?.handled(market, events, driver.session.state, isKnown: isKnown)
        if !isKnown, work != nil { live?.observed(market, driver.lastHeadlines) }
    }

    /// Handles the next moment, and keeps a snapshot where one is due; false at the end of the feed.
    mutating func handleNext(_ display: any Display) throws -> Bool {
        let isKnown = stored.isCatchingUp
        if isKnown, try repeatIntervention(display) { return true }
        let moments = driver.session.state.moments
        guard let events = try driver.next(controls: try stored.controls(at: driver.nextTime)) else { return false }
        try told(events, driver.lastEvents, display, isKnown: isKnown)
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
        try stored.keep(last: try checkpoint)
        try stored.end(at: clock.now)
        live?.end(driver.session.state, .finished)
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
