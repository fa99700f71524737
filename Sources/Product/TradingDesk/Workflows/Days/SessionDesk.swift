import Analysis
import Determinism
import RiskControl
import TaskQueues
import TradingEngine
import TradingModel
import WorkflowEngine
import WorkflowModel

/// A session as the steps of its trading day see it; it is taken out of the session and put back.
struct SessionDesk: DeskView {
    let plan: DeskPlan
    var state: DeskState
    var recorder: DeskRecorder
    private var time: Timestamp
    private var run: String?

    init(_ plan: DeskPlan, _ state: DeskState, _ recorder: DeskRecorder) {
        self.plan = plan
        self.state = state
        self.recorder = recorder
        time = state.loop.engine.now
    }

    var scene: DeskScene {
        DeskScene(time: time, plan: plan, state: state, volatility: state.volatilityReading)
    }

    var day: TradingDayState {
        get { state.day ?? TradingDayState(plan.universe, plan.barLength) }
        set { state.day = newValue }
    }

    var ledger: EffectLedger {
        get { day.ledger }
        set { day.ledger = newValue }
    }

    mutating func perform(_ order: TaskOrder, at time: Timestamp) throws -> Value {
        (self.time, run) = (time, order.key.run.text)
        return try StepLibrary.standard.perform(order, on: &self)
    }

    mutating func submit(_ intents: [Intent], cancelling: [OrderID], key: String) throws -> [SubmittedOrder] {
        let place = recorder.events.count
        let proposal = TradingEngine.Proposal(run: key, time: time, intents: intents, cancels: cancelling)
        try state.loop.handle(.proposal(proposal), recorder: &recorder)
        let verdicts = recorder.events[place...].compactMap { event -> Verdict? in
            guard case .verdict(let verdict, _) = event else { return nil }
            return verdict
        }
        return verdicts.prefix(intents.count).map { SubmittedOrder($0, plan.universe, isTest: false) }
    }

    mutating func remember(_ signals: SignalSet) {
        state.scorecard.settle(state.window)
        state.scorecard.record(signals, state.window)
        let all = Recommendation.all(signals, nil, plan.universe)
        state.note(all, from: run, at: time)
        let advice = all.filter { $0.action != .hold }
        recorder.counts.recommendations += advice.count
        recorder.counts.runs += 1
        recorder.events += advice.map { .recommendation($0, at: time) }
    }

    mutating func notify(_ notice: DeskNotice) throws {
        tell(
            OrchestrationEvent(
                notice.isAlert ? .systemAlert : .marketEvent, at: notice.time, subject: notice.text,
                detail: ["key": .text(notice.key)]))
    }

    mutating func send(_ message: NewMessage, to queue: QueueName) throws {
        throw TaskFailure(
            code: "no_queue", "this desk has no queue '\(queue)'; run the workflow where queues are kept",
            mayRetry: false)
    }

    mutating func tell(_ event: OrchestrationEvent) {
        recorder.events.append(.workflow(event))
    }

    private struct Output: Encodable {
        let node: String
        let output: Value
        let run: String
    }

    /// Puts what a task put out on the record, and tells of stages, runs and failures.
    mutating func record(_ event: RunEvent, of run: RunID) throws {
        if case .taskCompleted(let task, _, let bytes, _) = event.fact {
            let output = Output(node: task, output: try Value(json: bytes), run: run.text)
            return try recorder.add(.node, at: event.time, output, [run.text])
        }
        guard let told = OrchestrationEvent(event, of: run), told.kind != .taskStarted else { return }
        tell(told)
    }
}
