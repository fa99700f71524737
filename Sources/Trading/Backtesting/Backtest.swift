import Accounting
public import Execution
public import MarketData
public import RiskControl
public import Strategies
public import TradingEngine
public import TradingModel

/// History driven through the engine and the simulated exchange, as fast as the machine allows.
public struct Backtest<S: Strategy>: Sendable {
    /// The engine and the exchange.
    public private(set) var loop: TradingLoop<S, SimulatedExchange>

    /// A backtest at its beginning.
    public init(
        strategy: S, universe: Universe, cash: Money, limits: RiskLimits, model: FillModel, desk: UInt32 = 0
    ) {
        let engine = Engine(
            desk: desk, strategy: strategy, portfolio: Portfolio(cash: cash, instruments: universe.count),
            risk: RiskPolicy(limits: limits, universe: universe))
        loop = TradingLoop(engine: engine, broker: SimulatedExchange(universe, model: model, cash: cash))
    }

    /// Runs every bar of one instrument; `recorder` sees every step.
    public mutating func run(
        _ bars: some BarSource, of id: InstrumentID, recorder: inout some StepRecorder
    ) throws {
        for index in 0..<bars.count {
            try loop.handle(.bar(id, bars[index]), recorder: &recorder)
        }
    }

    /// Runs everything a feed delivers; `recorder` sees every step.
    public mutating func run(_ feed: inout some Feed, recorder: inout some StepRecorder) throws {
        while let event = try feed.next() {
            try loop.handle(event, recorder: &recorder)
        }
    }
}

/// Counts what happened and keeps nothing else.
public struct StepCounter: StepRecorder, Sendable, Hashable {
    /// Events handled.
    public private(set) var steps = 0
    /// Orders that passed the risk gate.
    public private(set) var orders = 0
    /// Intents that did not.
    public private(set) var refusals = 0

    /// Nothing counted yet.
    public init() {}

    @inline(__always)
    public mutating func record(_ step: EngineStep) {
        steps += 1
        if !step.isQuiet { count(step) }
    }

    public mutating func makeDurable() {}

    private mutating func count(_ step: EngineStep) {
        orders += step.orders.count
        refusals += step.verdicts.count - step.orders.count
    }
}
