import Determinism
public import Execution
public import Strategies
public import TradingModel

/// Where the steps of a loop go.
public protocol StepRecorder {
    /// Takes one step, in order.
    mutating func record(_ step: EngineStep) throws

    /// Returns once everything recorded so far can no longer be lost; called before any order leaves.
    mutating func makeDurable() throws
}

/// An engine and its broker, joined: what the market does goes to both, and what either says to the other is carried.
///
/// Backtest, paper and live trading are this loop with another feed and another broker.
public struct TradingLoop<S: Strategy, B: Broker>: Sendable {
    /// The decisions.
    public internal(set) var engine: Engine<S>
    /// Where orders go.
    public private(set) var broker: B
    private var reports: [OrderReport] = []
    /// Those that are being delivered, the next one last.
    private var delivering: [OrderReport] = []
    private var step: EngineStep

    /// A loop of an engine and a broker that know the same orders.
    public init(engine: Engine<S>, broker: B) {
        self.engine = engine
        self.broker = broker
        step = .blank
    }

    /// Lets the market do something: first the broker's standing orders meet it, then the engine decides.
    @inline(__always)
    public mutating func handle(_ event: MarketEvent, recorder: inout some StepRecorder) throws {
        try broker.observe(event, reports: &reports)
        if !reports.isEmpty { try deliverReports(&recorder) }
        if broker.hasCharges { try deliverCharges(&recorder) }
        try engine.handle(event, into: &step)
        try recorder.record(step)
        if step.hasMessages { try exchangeMessages(&recorder) }
    }

    /// Lets the engine handle one event and sends what it decided, after everything recorded is durable.
    public mutating func handle(_ event: EngineEvent, recorder: inout some StepRecorder) throws {
        try engine.handle(event, into: &step)
        try recorder.record(step)
        if step.hasMessages { try exchangeMessages(&recorder) }
    }

    @inline(never)
    private mutating func deliverCharges(_ recorder: inout some StepRecorder) throws {
        for charge in broker.takeCharges() { try handle(.charge(charge), recorder: &recorder) }
    }

    @inline(never)
    private mutating func exchangeMessages(_ recorder: inout some StepRecorder) throws {
        try send(&recorder)
        try deliverReports(&recorder)
    }

    /// Cancels first, so that what is freed is free for what follows.
    private mutating func send(_ recorder: inout some StepRecorder) throws {
        try recorder.makeDurable()
        for id in step.cancels { broker.cancel(id, at: engine.now, reports: &reports) }
        for order in step.orders { broker.submit(order, at: engine.now, reports: &reports) }
    }

    /// Reports may make the engine cancel and send orders, whose reports follow in the same call.
    @inline(never)
    private mutating func deliverReports(_ recorder: inout some StepRecorder) throws {
        while !reports.isEmpty {
            swap(&reports, &delivering)
            if delivering.count > 1 { delivering.reverse() }
            while !delivering.isEmpty {
                try engine.handleLast(of: &delivering, into: &step)
                try recorder.record(step)
                if step.hasMessages { try send(&recorder) }
            }
        }
    }
}

extension TradingLoop: Codable where B: Codable {
    private enum CodingKeys: String, CodingKey {
        case engine, broker
    }

    /// Reads a checkpoint.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            engine: try container.decode(Engine<S>.self, forKey: .engine),
            broker: try container.decode(B.self, forKey: .broker))
    }

    /// Writes a checkpoint: between two events nothing else is remembered.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(engine, forKey: .engine)
        try container.encode(broker, forKey: .broker)
    }
}
