import Determinism
import WorkflowEngine
import WorkflowModel

/// Workflows made up by chance: every kind of task, stages, sagas, breakers, caches and conditions.
struct RandomWorkflows {
    private var chance: SeededRandom

    init(seed: UInt64) {
        chance = SeededRandom(seed: seed, stream: "workflows")
    }

    /// Three workflows that start one another: the first the second, both the third.
    mutating func make() throws -> [WorkflowPlan] {
        let names = ["outer", "middle", "inner"]
        return try names.indices.map { level in
            try WorkflowPlan(definition(names[level], children: Array(names[(level + 1)...])))
        }
    }

    private mutating func definition(_ name: String, children: [String]) -> WorkflowDefinition {
        let stages = name == "outer" && chance.happens(0.35) ? self.stages() : []
        let isSaga = chance.happens(0.35)
        var tasks: [TaskDefinition] = []
        for number in 0..<chance.below(8) + 1 {
            var task = task("\(name.prefix(1))\(number)", children, earlier: tasks)
            let least = stages.isEmpty ? nil : tasks.last?.stage ?? 0
            task.stage = least.map { min($0 + chance.below(2), stages.count - 1) }
            if isSaga, chance.happens(0.6) {
                task.compensation = Compensation(type: "un-work", params: ["of": .text(task.name)])
            }
            tasks.append(task)
        }
        return WorkflowDefinition(
            name, timeout: .seconds(chance.happens(0.2) ? 20 + chance.below(200) : 3_000),
            concurrency: chance.happens(0.4) ? 1 + chance.below(3) : nil, stages: stages, tasks: tasks)
    }

    private mutating func stages() -> [Stage] {
        (0..<chance.below(3) + 1).map { number in
            guard chance.happens(0.7) else { return Stage("stage\(number)") }
            let every: Duration? = chance.happens(0.5) ? .seconds(5 + chance.below(40)) : nil
            return Stage("stage\(number)", window: StageWindow(from: .time(.zero), until: .time(.zero), every: every))
        }
    }

    private mutating func task(
        _ name: String, _ children: [String], earlier: [TaskDefinition]
    ) -> TaskDefinition {
        let needed = earlier.map(\.name).filter { _ in chance.happens(0.35) }
        var task = TaskDefinition(
            name, kind(children), params: ["of": .text(name)], after: needed,
            retry: RetryPolicy(attempts: 1 + chance.below(3), base: .seconds(chance.below(5)), jitter: 0.5))
        task.priority = Priority.allCases[chance.below(4)]
        task.timeout = .seconds(5 + chance.below(60))
        if let other = needed.first, chance.happens(0.25) { task.condition = condition(other) }
        if case .work = task.kind {
            if chance.happens(0.15) {
                task.cache = CachePolicy(keys: ["symbol"], lifetime: .seconds(10 + chance.below(500)))
            }
            if chance.happens(0.15) { task.breaker = breaker() }
        }
        return task
    }

    private mutating func kind(_ children: [String]) -> TaskKind {
        switch chance.below(20) {
        case 0, 1: .join
        case 2: .wait(.seconds(chance.below(40)))
        case 3: .approval
        case 4: .circuitBreaker(breaker())
        case 5, 6: children.isEmpty ? .join : .subprocess(workflow: children[chance.below(children.count)])
        default: .work(type: ["fetch", "analyse", "order"][chance.below(3)])
        }
    }

    private mutating func breaker() -> BreakerPolicy {
        BreakerPolicy(
            failureThreshold: 1 + chance.below(3), timeout: .seconds(5 + chance.below(20)),
            resetTimeout: .seconds(5 + chance.below(60)))
    }

    private mutating func condition(_ other: String) -> Condition? {
        let texts = [
            "\(other).ok == true", "exists(\(other).ok)", "not exists(\(other).other)", "\(other).ok == 'yes'",
            "\(other).ok > 1", "symbol == 'SPY'", "circuit_status != 'open'",
        ]
        return try? Condition(texts[chance.below(texts.count)])
    }
}

extension SeededRandom {
    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    mutating func happens(_ share: Double) -> Bool { uniform() < share }
}
