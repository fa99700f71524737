public import Analysis
public import Determinism
import Execution
import MarketData
import RiskControl
public import TaskQueues
import TradingEngine
public import TradingModel

/// A desk in memory over given or made-up bars, to try workflows on: nothing leaves it.
public struct TestDesk: DeskView {
    private struct Recorder: StepRecorder {
        var verdicts: [Verdict] = []
        var fills: [Fill] = []

        mutating func record(_ step: EngineStep) {
            verdicts += step.verdicts
            if case .report(let report) = step.event, case .filled(let fill, _) = report.outcome { fills.append(fill) }
        }

        func makeDurable() {}
    }

    /// What it trades and how it is set.
    public let plan: DeskPlan
    public var ledger = EffectLedger()
    /// What people were told.
    public private(set) var notices: [DeskNotice] = []
    /// What was put on queues.
    public private(set) var messages: [(queue: QueueName, message: NewMessage)] = []
    private var state: DeskState
    private var time: Timestamp

    /// A desk that knows these bars and headlines at a moment.
    public init(_ plan: DeskPlan, history: [InstrumentHistory], headlines: [Headline] = [], at time: Timestamp) throws {
        self.plan = plan
        self.time = time
        state = try DeskState(plan)
        for past in history { for bar in past.bars { try state.warmUp(past.instrument, bar) } }
        state.learn(headlines.filter { $0.published <= time })
    }

    /// A desk over a SIMULATED market of the default watch list with a year of daily bars, the same for the same seed.
    public static func simulated(seed: UInt64 = 7, capital: Money = 1_000_000) throws -> TestDesk {
        let start = Timestamp(CivilDate(daysSinceEpoch: 19_358))
        var market = try SimulatedMarket(
            seed: seed, instruments: SimulatedInstruments.watchList, barLength: .day, start: start)
        let end = start + .seconds(400 * 86_400)
        var bars = [[Bar]](repeating: [], count: market.universe.count)
        while let next = market.nextEnd, next <= end, let found = market.next() {
            bars[found.id.index].append(found.bar)
        }
        let plan = DeskPlan(
            universe: market.universe, barLength: .day, capital: capital, limits: RiskLimits(), fills: FillModel(),
            decider: .tradingDay(TradingDayPlan()), seed: seed, isSimulated: true,
            sources: ["SIMULATED market, seed \(seed)"])
        let history = market.universe.ids.map { InstrumentHistory($0, bars[$0.index]) }
        let headlines = market.headlines(after: end - .seconds(3 * 86_400), through: end)
        return try TestDesk(plan, history: history, headlines: headlines, at: end)
    }

    public var scene: DeskScene {
        DeskScene(time: time, plan: plan, state: state, volatility: state.volatilityReading)
    }

    /// Lets the market do something: standing orders may be filled in memory.
    public mutating func take(_ event: MarketEvent) throws {
        var recorder = Recorder()
        if case .bar(let id, let bar) = event { try state.take(id, bar) }
        try state.loop.handle(event, recorder: &recorder)
        time = max(time, event.time)
        for fill in recorder.fills { try ledger.note(fill) }
        try state.settle(recorder.fills, [], at: time)
    }

    public mutating func submit(
        _ intents: [Intent], cancelling: [OrderID], key: String
    ) throws -> [SubmittedOrder] {
        var recorder = Recorder()
        let proposal = TradingEngine.Proposal(run: key, time: time, intents: intents, cancels: cancelling)
        try state.loop.handle(.proposal(proposal), recorder: &recorder)
        return recorder.verdicts.prefix(intents.count).map { SubmittedOrder($0, plan.universe, isTest: false) }
    }

    public mutating func remember(_ signals: SignalSet) {
        state.scorecard.settle(state.window)
        state.scorecard.record(signals, state.window)
    }

    public mutating func notify(_ notice: DeskNotice) { notices.append(notice) }

    public mutating func send(_ message: NewMessage, to queue: QueueName) { messages.append((queue, message)) }
}
