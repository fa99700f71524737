import Determinism
public import WorkflowEngine
import WorkflowModel

/// A whole world made from one number: workflows, runs, workers, people, crashes and a clock that jumps.
public struct WorkflowSimulation: Sendable {
    /// The number.
    public let seed: UInt64
    /// The world as it is now.
    public private(set) var world: EngineWorld
    private var chance: SeededRandom

    /// The world of a number, in which nothing has happened yet.
    public init(seed: UInt64, journal: any Journal) throws {
        self.seed = seed
        chance = SeededRandom(seed: seed, stream: "clock")
        var workflows = RandomWorkflows(seed: seed)
        let plans = try workflows.make()
        var requests = RandomRequests(seed: seed, plans)
        var deaths = SeededRandom(seed: seed, stream: "deaths")
        let behaviour = RandomBehaviour(seed: seed)
        let setup = EngineWorld.Setup(
            plans: plans, capacity: 1 + deaths.below(6), requests: requests.make(), behaviour: behaviour.of)
        let share = [0, 0.05, 0.2][deaths.below(3)]
        let fate = Fate.random(deaths, share: share, left: 12)
        world = EngineWorld(setup, journal: journal, fate: fate)
    }

    /// Lives through a number's world and says what was wrong in it.
    public static func problems(seed: UInt64, journal: any Journal) throws -> [String] {
        var simulation = try WorkflowSimulation(seed: seed, journal: journal)
        try simulation.live()
        return simulation.problems
    }

    /// Lives until nothing is left to happen.
    public mutating func live(atMost steps: Int = 5_000) throws {
        for _ in 0..<steps {
            let wasAlive = world.isAlive
            guard try world.liveOn() else { return }
            if wasAlive != world.isAlive { world.pass(.seconds(chance.happens(0.3) ? chance.below(100) : 0)) }
            if chance.happens(0.02) { world.pass(.milliseconds(chance.below(60_000))) }
            if chance.happens(0.01) { world.pass(.milliseconds(-chance.below(3_000))) }
        }
        world.complain("there was no end after \(steps) steps")
    }

    /// Everything that was wrong, on the way and at the end.
    public var problems: [String] { world.complaints + HistoryCheck.problems(world) }

    /// Everything that was recorded, byte for byte the same whenever the number is the same.
    public var text: String {
        world.histories.keys.sorted().flatMap { run in
            ["== \(run)"] + (world.histories[run] ?? []).map { "\($0.time.nanoseconds) \($0.text)" }
        }.joined(separator: "\n")
    }
}

extension EngineWorld {
    var isAlive: Bool { machine != nil }

    mutating func pass(_ duration: Duration) { now = now + duration }

    mutating func complain(_ text: String) { complaints.append(text) }
}

/// What work comes to, by chance but the same for every try of the same number after a crash.
struct RandomBehaviour: Sendable {
    let seed: UInt64

    @Sendable func of(_ order: TaskOrder) -> WorkBehaviour {
        var chance = SeededRandom(seed: seed, stream: "\(order.idempotencyKey) \(order.key.attempt)")
        var behaviour = WorkBehaviour(ending(&chance), after: .milliseconds(chance.below(20_000)))
        behaviour.hasEffect = chance.happens(0.5)
        if case .output = behaviour.ending { behaviour.hasEffect = true }
        behaviour.isCooperative = chance.happens(0.7)
        return behaviour
    }

    private func ending(_ chance: inout SeededRandom) -> WorkBehaviour.Ending {
        switch chance.below(20) {
        case 0, 1: .failure(TaskFailure(code: "rate_limit", "no"))
        case 2: .failure(TaskFailure("no", mayRetry: false))
        case 3: .hang
        default: .output(nil)
        }
    }
}
