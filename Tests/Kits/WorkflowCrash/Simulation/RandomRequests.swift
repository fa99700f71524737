import Determinism
import WorkflowEngine
import WorkflowModel

/// What people ask for in a made-up world.
struct RandomRequests {
    private var chance: SeededRandom
    private let plans: [WorkflowPlan]

    init(seed: UInt64, _ plans: [WorkflowPlan]) {
        chance = SeededRandom(seed: seed, stream: "requests")
        self.plans = plans
    }

    mutating func make() -> [ScriptedRequest] {
        let runs = (0...chance.below(5)).map { "run\($0)" }
        var requests: [ScriptedRequest] = []
        for run in runs {
            let plan = plans[chance.happens(0.6) ? 0 : chance.below(plans.count)]
            let begin = chance.below(120)
            requests.append(start(run, plan, begin))
            if chance.happens(0.25) { requests.append(cancel(run, after: begin)) }
            if chance.happens(0.3) { requests.append(adjust(run, after: begin)) }
            requests += answers(run, plan)
            if chance.happens(0.2) { requests.append(fork(run, plan)) }
        }
        if chance.happens(0.2) { requests.append(start("run0", plans[2], chance.below(120))) }
        return requests
    }

    private mutating func start(_ run: String, _ plan: WorkflowPlan, _ begin: Int) -> ScriptedRequest {
        var request = RunRequest(
            plan.name, as: RunID(run), input: ["symbol": .text(chance.happens(0.5) ? "SPY" : "QQQ")])
        if !plan.definition.stages.isEmpty { request.windows = windows(plan, begin) }
        return ScriptedRequest(.start(request), .after(.seconds(begin)))
    }

    private mutating func windows(_ plan: WorkflowPlan, _ begin: Int) -> [RunHeader.Window?] {
        var from = begin - 30
        return plan.definition.stages.map { stage in
            guard stage.window != nil else { return nil }
            from += chance.below(60)
            let until = from + 10 + chance.below(120)
            defer { from = until }
            return RunHeader.Window(
                from: EngineWorld.beginning + .seconds(from), until: EngineWorld.beginning + .seconds(until))
        }
    }

    private mutating func cancel(_ run: String, after begin: Int) -> ScriptedRequest {
        ScriptedRequest(
            .cancel(RunID(run), reason: "enough"), .after(.milliseconds(1_000 * begin + chance.below(90_000))))
    }

    private mutating func adjust(_ run: String, after begin: Int) -> ScriptedRequest {
        let checks = chance.happens(0.6) ? [RunAdjustment.Check("check", type: "fetch", params: ["of": "check"])] : []
        let factor = [0.5, 1, 2][chance.below(3)]
        return ScriptedRequest(
            .adjust(RunID(run), RunAdjustment(reason: "volatility", timeoutFactor: factor, checks: checks)),
            .after(.milliseconds(1_000 * begin + chance.below(90_000))))
    }

    /// Some of the questions of a run are answered, some late.
    private mutating func answers(_ run: String, _ plan: WorkflowPlan) -> [ScriptedRequest] {
        plan.tasks.compactMap { task in
            guard case .approval = task.definition.kind, chance.happens(0.7) else { return nil }
            let answer = Approval(
                run: RunID(run), task: task.name, isApproved: chance.happens(0.7), by: "somebody")
            let asked = ScriptedRequest.Moment.seen(RunID(run), fact: "taskStarted", subject: task.name)
            return ScriptedRequest(.answer(answer), chance.happens(0.8) ? asked : .after(.seconds(chance.below(200))))
        }
    }

    private mutating func fork(_ run: String, _ plan: WorkflowPlan) -> ScriptedRequest {
        let task = plan.tasks[chance.below(plan.tasks.count)].name
        let ended = ScriptedRequest.Moment.seen(RunID(run), fact: "runFinished", subject: nil)
        return ScriptedRequest(
            .fork(RunID("\(run)-copy"), of: RunID(run), from: [task]),
            chance.happens(0.6) ? ended : .after(.seconds(chance.below(200))))
    }
}
