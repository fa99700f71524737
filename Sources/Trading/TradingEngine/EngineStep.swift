import Accounting
public import Determinism
public import Execution
public import RiskControl
public import TradingModel

/// One event and everything that followed from it: the audit record of a decision.
public struct EngineStep: Sendable {
    /// 1, 2, 3… without gaps; order ids are derived from it.
    public private(set) var sequence: UInt64
    /// What the risk gate said of each intent, in order.
    public private(set) var verdicts: [Verdict] = []
    /// What is to be sent to the broker, in order.
    public private(set) var orders: [ApprovedOrder] = []
    /// Orders to be cancelled at the broker, before the new ones are sent.
    public private(set) var cancels: [OrderID] = []
    /// Why trading stopped, where this event stopped it.
    public private(set) var halt: HaltReason?
    /// A report of an order that does not stand here, or a fill that was booked before: nothing was booked for it.
    public private(set) var isUnmatched = false
    /// True where nothing but the event itself is worth recording.
    public private(set) var isQuiet = true

    /// The event where it is the market's, which nearly all are; else the market event before it.
    private var market: MarketEvent
    /// The event where it is a report; else the report before it. Kept in place, so that passing it on takes no memory.
    private(set) var report: OrderReport
    /// The event where it is neither.
    private var rare: EngineEvent?
    private var source = Source.market
    private var locked: Money?

    private enum Source {
        case market, report, rare
    }

    /// A step in which nothing followed from an event of the market.
    public init(sequence: UInt64, event: MarketEvent) {
        self.sequence = sequence
        market = event
        report = OrderReport(order: OrderID(desk: 0, step: 0, ordinal: 0), outcome: .expired, time: event.time)
    }

    /// What happened.
    public var event: EngineEvent {
        switch source {
        case .market: .market(market)
        case .report: .report(report)
        case .rare: rare ?? .market(market)
        }
    }

    /// The profit that a fill locked in, less its fee; nil for one that only opens, and for every other event.
    public var realisedProfit: Money? { source == .report ? locked : nil }

    /// True where something is to be sent to the broker.
    public var hasMessages: Bool { !isQuiet && !(orders.isEmpty && cancels.isEmpty) }
}

// MARK: - How the engine fills it in

extension EngineStep {
    /// Makes the step one in which nothing followed from an event of the market; keeps its memory.
    @inline(__always)
    mutating func restart(sequence: UInt64, event: MarketEvent) {
        if !isQuiet { clear() }
        self.sequence = sequence
        market = event
        source = .market
    }

    mutating func restart(sequence: UInt64, report: OrderReport) {
        restart(sequence: sequence, source: .report)
        self.report = report
    }

    /// Takes the report out of the end of an array.
    mutating func restart(sequence: UInt64, lastReportOf reports: inout [OrderReport]) {
        restart(sequence: sequence, source: .report)
        report = reports.removeLast()
    }

    mutating func restart(sequence: UInt64, rare event: EngineEvent) {
        restart(sequence: sequence, source: .rare)
        rare = event
    }

    private mutating func restart(sequence: UInt64, source: Source) {
        if !isQuiet { clear() }
        self.sequence = sequence
        self.source = source
        locked = nil
    }

    @inline(never)
    private mutating func clear() {
        // Nearly always one of each: cheaper one by one than all at once.
        while !verdicts.isEmpty { verdicts.removeLast() }
        while !orders.isEmpty { orders.removeLast() }
        while !cancels.isEmpty { cancels.removeLast() }
        halt = nil
        isUnmatched = false
        isQuiet = true
    }

    /// Adds what the gate says of intents, and the orders it approves.
    mutating func judge(
        _ intents: [Intent], by risk: inout RiskPolicy, _ portfolio: borrowing Portfolio, at time: Timestamp,
        desk: UInt32
    ) throws(Overflow) {
        let judged = verdicts.count
        try risk.judge(
            intents, portfolio, at: time, step: sequence, desk: desk, into: &verdicts, approved: &orders)
        if verdicts.count > judged { isQuiet = false }
    }

    /// Takes note of the profit that the report's fill locked in.
    mutating func lockIn(_ profit: Money?) { locked = profit }

    mutating func add(cancels ids: [OrderID]) {
        guard !ids.isEmpty else { return }
        cancels += ids
        isQuiet = false
    }

    mutating func stop(for reason: HaltReason) {
        halt = reason
        isQuiet = false
    }

    mutating func markUnmatched() {
        isUnmatched = true
        isQuiet = false
    }
}

extension EngineStep: Encodable {
    private enum CodingKeys: String, CodingKey {
        case sequence, event, verdicts, orders, cancels, halt, isUnmatched
    }

    /// Writes the step for the record; it cannot be read back, as only the gate makes approved orders.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sequence, forKey: .sequence)
        try container.encode(event, forKey: .event)
        try container.encode(verdicts, forKey: .verdicts)
        try container.encode(orders, forKey: .orders)
        try container.encode(cancels, forKey: .cancels)
        try container.encodeIfPresent(halt, forKey: .halt)
        try container.encode(isUnmatched, forKey: .isUnmatched)
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
