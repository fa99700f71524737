public import Determinism
public import RiskControl
public import TradingModel

/// Everything that may happen to an engine.
///
/// The rare cases are kept aside (`indirect`), so that the common one, a bar, is cheap to pass on.
public enum EngineEvent: Sendable, Hashable, Codable {
    /// The market did something.
    case market(MarketEvent)
    /// A broker says something of an order.
    indirect case report(OrderReport)
    /// A broker says what holding a position cost.
    indirect case charge(Charge)
    /// Agents or a pipeline propose orders.
    indirect case proposal(Proposal)
    /// A person intervenes.
    indirect case control(ControlCommand, at: Timestamp)

    /// When it happened.
    public var time: Timestamp {
        switch self {
        case .market(let event): event.time
        case .report(let report): report.time
        case .charge(let charge): charge.time
        case .proposal(let proposal): proposal.time
        case .control(_, let time): time
        }
    }
}

/// Intents that come from outside the engine, with what they rest on.
public struct Proposal: Sendable, Hashable, Codable {
    /// The workflow run that made them.
    public let run: String
    /// When they were made.
    public let time: Timestamp
    /// The intents, in the order in which they should be judged.
    public let intents: [Intent]
    /// Orders to take back first, where they still stand.
    public let cancels: [OrderID]

    /// A proposal as made.
    public init(run: String, time: Timestamp, intents: [Intent], cancels: [OrderID] = []) {
        self.run = run
        self.time = time
        self.intents = intents
        self.cancels = cancels
    }
}
