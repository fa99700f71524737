import Accounting
import Analysis
public import Determinism
import Execution
import Foundation
import RiskControl
import TradingEngine
public import TradingModel
public import WorkflowEngine
public import WorkflowModel

/// One run of the desk, moment by moment: the market in, records and events out.
///
/// Backtest, paper and replay all drive this; they differ in where the events come from, where records and the journal
/// go, and how fast time passes. Given the same plan and inputs it makes the same records, byte for byte.
public struct DeskSession: Sendable {
    /// What decides what the run does.
    public let plan: DeskPlan
    /// Everything that changes: a copy of it is a checkpoint.
    public private(set) var state: DeskState
    private let pipeline: RecommendationPipeline?
    private var recorder: DeskRecorder
    private var day: TradingDay?

    /// A run at its beginning, or at a checkpoint.
    ///
    /// Node results are kept in `journal` and records in `log`, both before what follows from them.
    public init(
        plan: DeskPlan, journal: any Journal, log: any DecisionLog, checkpoint: DeskState? = nil
    ) throws {
        self.plan = plan
        state = try checkpoint ?? DeskState(plan)
        let coder = CanonicalCoder(plan.universe)
        recorder = DeskRecorder(universe: plan.universe, coder: coder, log: log)
        recorder.counts = state.counts
        pipeline =
            switch plan.decider {
            case .pipeline(let settings):
                try RecommendationPipeline(settings, plan: plan, journal: journal)
            case .movingAverageCross, .tradingDay: nil
            }
        if case .tradingDay(let days) = plan.decider { day = try TradingDay(days, state, journal) }
    }

    /// Records the plan and the bars from before the run, from which indicators warm up.
    public mutating func begin(history: [InstrumentHistory]) throws {
        let start = history.compactMap(\.bars.last?.end).max() ?? Timestamp(nanoseconds: 0)
        try recorder.add(.run, at: start, plan, [])
        for past in history {
            let symbol = plan.universe.symbol(past.instrument)
            let entries = past.bars.map { SliceRecord.Entry(symbol, $0) }
            let body = HistoryRecord(symbol: symbol, ends: past.bars.map(\.end), bars: entries)
            try recorder.add(.history, at: start, body, [])
            for bar in past.bars { try state.warmUp(past.instrument, bar) }
        }
        try recorder.makeDurable()
    }

    /// Handles everything that became known at one moment; returns what is worth telling, in order.
    ///
    /// Everything is durable when this returns; what persons ordered is before the pipeline sees what came of it.
    public mutating func handle(_ moment: DeskMoment) throws -> [DeskEvent] {
        try passDay(through: moment.time - .nanoseconds(1))
        let before = state.loop.engine.risk.state
        for control in moment.controls { try obey(control, at: moment.time) }
        if !moment.controls.isEmpty { try recorder.makeDurable() }
        try learn(moment.headlines, at: moment.time)
        try recordBars(moment)
        for event in moment.events { try handle(event) }
        if let pipeline, moment.hasBars, isPipelineDue(at: moment.time) { try run(pipeline, at: moment.time) }
        if moment.hasBars { try watchVolatility(at: moment.time) }
        try passDay(through: moment.time)
        // A moment at which only the clock moved is not recorded and must leave no trace of its own.
        if !moment.isEmpty {
            try state.settle(recorder.takeFills(), recorder.takeCharges(), at: moment.time)
            state.moments += 1
        }
        try recorder.makeDurable()
        if state.loop.engine.risk.state != before { state.tradingSince = state.loop.engine.now }
        state.counts = recorder.counts
        return recorder.takeEvents()
    }

    /// Records the summary and returns it.
    ///
    /// What is left of the trading day is done first.
    public mutating func finish() throws -> DeskSummary {
        endDays()
        while isDayOpen, let next = nextDayMoment { try passDay(through: next) }
        state.counts = recorder.counts
        let summary = try DeskSummary(plan: plan, state: state, head: nil)
        try recorder.add(.summary, at: state.loop.engine.now, summary, [])
        try recorder.makeDurable()
        return try self.summary()
    }

    /// What the run has come to so far; nothing is recorded.
    public func summary() throws -> DeskSummary {
        try DeskSummary(plan: plan, state: state, head: recorder.log.head)
    }
}

extension DeskSession {
    /// What steps of workflows may know of the desk now.
    public var scene: DeskScene {
        DeskScene(time: state.loop.engine.now, plan: plan, state: state, volatility: state.volatilityReading)
    }

    /// The pipeline's run at a moment, as the journal knows it.
    public static func pipelineRun(at moment: Timestamp) -> RunID { RunID("recommendation-\(moment)") }
}

// MARK: - The trading day

extension DeskSession {
    /// When the trading day next does something by itself; nil where it does not, or the run has none.
    public var nextDayMoment: Timestamp? { state.day.flatMap { day?.nextMoment($0) } }

    /// Whether a workflow of a trading day is under way.
    public var isDayOpen: Bool { day?.isOpen ?? false }

    /// Lets no further trading day begin: the market's events have come to their end.
    public mutating func endDays() {
        state.day?.isClosing = true
    }

    /// Lets the trading day do what was due up to and including a moment; nothing where the run has none.
    mutating func passDay(through time: Timestamp) throws {
        guard var day else { return }
        if let next = nextDayMoment, next > time { return }
        try withDesk { desk in try day.pass(through: time, &desk) }
        self.day = day
    }

    /// Makes the rest of the trading day more careful where the market moves too much.
    mutating func watchVolatility(at time: Timestamp) throws {
        guard var day, day.isOpen else { return }
        try withDesk { desk in try day.watchVolatility(at: time, &desk) }
        self.day = day
    }

    /// Lets the steps of a trading day act on the session.
    private mutating func withDesk(_ body: (inout SessionDesk) throws -> Void) throws {
        var desk = SessionDesk(plan, state, recorder)
        try body(&desk)
        (state, recorder) = (desk.state, desk.recorder)
    }
}

// MARK: - One moment

extension DeskSession {
    /// The record has what was asked before anything that follows from it.
    private mutating func obey(_ control: DeskControl, at time: Timestamp) throws {
        try recorder.begin(control, at: time)
        if let command = control.command {
            try state.loop.handle(.control(command, at: time), recorder: &recorder)
        } else if let proposal = try proposal(of: control, at: time) {
            try state.loop.handle(.proposal(proposal), recorder: &recorder)
        }
        recorder.endControl()
    }

    private func proposal(of control: DeskControl, at time: Timestamp) throws -> Proposal? {
        let run = control.request ?? "order"
        switch control.action {
        case .order(let ticket):
            let intent = try state.gate.intent(ticket, by: control.by)
            return Proposal(run: run, time: time, intents: intent.map { [$0] } ?? [])
        case .proposal(let intents, let cancels):
            return Proposal(run: run, time: time, intents: intents, cancels: cancels)
        case .halt, .resume, .reduceOnly, .flatten, .limits: return nil
        }
    }

    private mutating func handle(_ event: MarketEvent) throws {
        if case .bar(let id, let bar) = event {
            try state.take(id, bar)
            recorder.counts.bars += 1
        }
        try state.loop.handle(event, recorder: &recorder)
        switch event {
        case .dayStarted(let date, let time):
            state.intraday?.startDay()
            try recordDay(.started, date, at: time)
        case .dayEnded(let date, let time): try recordDay(.ended, date, at: time)
        case .bar, .quote, .trade: break
        }
    }

    private mutating func learn(_ headlines: [Headline], at time: Timestamp) throws {
        guard !headlines.isEmpty else { return }
        try recorder.add(.headlines, at: time, headlines, [])
        state.learn(headlines)
    }

    private mutating func recordBars(_ moment: DeskMoment) throws {
        let entries = moment.events.compactMap { event -> SliceRecord.Entry? in
            guard case .bar(let id, let bar) = event else { return nil }
            return SliceRecord.Entry(plan.universe.symbol(id), bar)
        }
        guard !entries.isEmpty else { return }
        try recorder.add(.slice, at: moment.time, SliceRecord(end: moment.time, bars: entries), [])
        recorder.events.append(.slice(moment.time, bars: entries.count))
    }

    private mutating func recordDay(_ phase: DayRecord.Phase, _ date: CivilDate, at time: Timestamp) throws {
        let engine = state.loop.engine
        let equity = try state.equity
        let body = DayRecord(
            phase: phase, date: date, cash: engine.portfolio.cash, equity: equity,
            state: DeskSummary.text(engine.risk.state))
        try recorder.add(.day, at: time, body, [])
        recorder.events.append(
            phase == .started ? .dayStarted(date, equity: equity) : .dayEnded(date, equity: equity))
    }

    private func isPipelineDue(at time: Timestamp) -> Bool {
        guard case .pipeline(let settings) = plan.decider, let every = settings.every, let last = state.lastRun
        else { return true }
        return time.nanoseconds - last.nanoseconds >= Int64(every.seconds) * 1_000_000_000
    }

    private mutating func run(_ pipeline: RecommendationPipeline, at time: Timestamp) throws {
        let outcome = try pipeline.run(at: time, state)
        for node in outcome.nodes {
            recorder.addNode(node.name, output: node.output, of: outcome.run, at: time)
        }
        if let failure = outcome.failure { try recorder.addFailure(failure, of: outcome.run, at: time) }
        let advice = outcome.recommendations.filter { $0.action != .hold }
        recorder.counts.recommendations += advice.count
        recorder.counts.runs += 1
        recorder.events += advice.map { .recommendation($0, at: time) }
        state.learn(from: outcome, at: time)
        guard !outcome.intents.isEmpty else { return }
        let proposal = Proposal(run: outcome.run, time: time, intents: outcome.intents)
        try state.loop.handle(.proposal(proposal), recorder: &recorder)
    }
}

/// Everything that became known at one moment.
public struct DeskMoment: Sendable {
    /// The moment.
    public let time: Timestamp
    /// What the market did, in order.
    public let events: [MarketEvent]
    /// What was published.
    public let headlines: [Headline]
    /// What persons ordered; obeyed first.
    public let controls: [DeskControl]

    /// A moment as it was.
    public init(
        time: Timestamp, events: [MarketEvent], headlines: [Headline] = [], controls: [DeskControl] = []
    ) {
        self.time = time
        self.events = events
        self.headlines = headlines
        self.controls = controls
    }

    var isEmpty: Bool { events.isEmpty && headlines.isEmpty && controls.isEmpty }

    var hasBars: Bool {
        events.contains { event in
            if case .bar = event { true } else { false }
        }
    }
}

/// Bars of one instrument from before a run.
public struct InstrumentHistory: Sendable {
    /// The instrument.
    public let instrument: InstrumentID
    /// Its bars, oldest first.
    public let bars: [Bar]

    /// Bars as they were.
    public init(_ instrument: InstrumentID, _ bars: [Bar]) {
        self.instrument = instrument
        self.bars = bars
    }
}
