import Accounting
import BrokerConformance
import Execution
import Foundation
import RiskControl
import Strategies
import TradingEngine
import TradingModel

/// Keeps every step, and may be killed before one is kept.
struct StepLog: StepRecorder {
    struct Killed: Error {}

    var steps: [EngineStep] = []
    /// The number of the step at which the process dies.
    var deadline = Int.max

    mutating func record(_ step: EngineStep) throws {
        if steps.count == deadline { throw Killed() }
        steps.append(step)
    }

    mutating func makeDurable() {}

    /// Every step's bytes.
    func bytes() throws -> [Data] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try steps.map { try encoder.encode($0) }
    }

    var fills: [Fill] {
        steps.compactMap { step in
            guard case .report(let report) = step.event, case .filled(let fill, _) = report.outcome else { return nil }
            return step.isUnmatched ? nil : fill
        }
    }

    var orders: [OrderID] { steps.flatMap { $0.orders.map(\.order.id) } }
}

/// A loop over the simulated exchange, and its log.
struct Desk<S: Strategy> {
    var loop: TradingLoop<S, SimulatedExchange>
    var log = StepLog()

    init(
        _ strategy: S, universe: Universe = .shares(), cash: Money = 100_000, limits: RiskLimits = .unlimited,
        model: FillModel = FillModel()
    ) {
        let engine = Engine(
            desk: 7, strategy: strategy, portfolio: Portfolio(cash: cash, instruments: universe.count),
            risk: RiskPolicy(limits: limits, universe: universe))
        loop = TradingLoop(engine: engine, broker: SimulatedExchange(universe, model: model, cash: cash))
    }

    mutating func handle(_ event: MarketEvent) throws {
        try loop.handle(event, recorder: &log)
    }

    mutating func handle(_ bars: Bar...) throws {
        for bar in bars { try handle(.bar(.first, bar)) }
    }

    mutating func order(_ command: ControlCommand) throws {
        try loop.handle(.control(command, at: loop.engine.now), recorder: &log)
    }

    /// Every report so far, in a few words.
    var lines: [String] {
        log.steps.compactMap { step in
            guard case .report(let report) = step.event, report.outcome != .accepted else { return nil }
            return "\(report.order.step)-\(report.line)"
        }
    }

    var held: Quantity { loop.engine.portfolio[.first].quantity }
}
