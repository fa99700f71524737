public import Determinism
public import Execution
public import RiskControl
public import TradingModel

/// One event and everything that followed from it: the audit record of a decision.
public struct EngineStep: Sendable, Hashable, Encodable {
    /// 1, 2, 3… without gaps; order ids are derived from it.
    public internal(set) var sequence: UInt64
    /// What happened.
    public internal(set) var event: EngineEvent
    /// What the risk gate said of each intent, in order.
    public internal(set) var verdicts: [Verdict] = []
    /// What is to be sent to the broker, in order.
    public internal(set) var orders: [ApprovedOrder] = []
    /// Orders to be cancelled at the broker, before the new ones are sent.
    public internal(set) var cancels: [OrderID] = []
    /// Why trading stopped, where this event stopped it.
    public internal(set) var halt: HaltReason?
    /// A report of an order that does not stand here, or a fill that was booked before: nothing was booked for it.
    public internal(set) var isUnmatched = false

    /// A step in which nothing followed from the event.
    public init(sequence: UInt64, event: EngineEvent) {
        self.sequence = sequence
        self.event = event
    }

    /// Makes the step one in which nothing followed from an event; keeps its memory.
    mutating func restart(sequence: UInt64, event: EngineEvent) {
        if !isQuiet { clear() }
        self.sequence = sequence
        self.event = event
    }

    private mutating func clear() {
        verdicts.removeAll(keepingCapacity: true)
        orders.removeAll(keepingCapacity: true)
        cancels.removeAll(keepingCapacity: true)
        halt = nil
        isUnmatched = false
    }

    /// True where something is to be sent to the broker.
    @inlinable public var hasMessages: Bool { !orders.isEmpty || !cancels.isEmpty }

    /// True where nothing but the event itself is worth recording.
    @inlinable public var isQuiet: Bool {
        verdicts.isEmpty && orders.isEmpty && cancels.isEmpty && halt == nil && !isUnmatched
    }
}

/// Why an engine cannot go on: the data are corrupt, and acting on them would be worse than stopping.
public enum EngineError: Error, Hashable, CustomStringConvertible {
    /// An amount does not fit its type.
    case overflow(Overflow)
    /// An event is older than the one before it.
    case timeWentBackwards(from: Timestamp, to: Timestamp)
    /// A broker's report cannot be true.
    case impossibleReport(OrderStateMachine.Violation)

    public var description: String {
        switch self {
        case .overflow(let overflow): overflow.description
        case .timeWentBackwards(let from, let to): "time went backwards from \(from) to \(to): check the feed's order"
        case .impossibleReport(let violation): violation.description
        }
    }
}
