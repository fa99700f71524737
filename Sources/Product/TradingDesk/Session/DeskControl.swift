public import RiskControl
public import TradingModel

/// What a person, or a program on their behalf, asks of a desk: an input of the run, obeyed once and recorded first.
public struct DeskControl: Sendable, Hashable {
    /// What is asked. The names are part of the audit format and are never changed.
    public enum Action: Sendable, Hashable, Codable {
        /// No entries until resumed.
        case halt(reason: String)
        /// Entries again; ends every halt, that for loss included.
        case resume(reason: String?)
        /// Exits only until resumed.
        case reduceOnly(reason: String)
        /// Halt, and close every position.
        case flatten(reason: String)
        /// Judge an order, and send it where the gate approves it.
        case order(ticket: OrderTicket)
        /// Judge intents of a workflow's step, after orders were taken back where they still stand.
        case proposal(intents: [Intent], cancels: [OrderID])
        /// Apply other limits from now on.
        case limits(limits: RiskLimits, reason: String)
    }

    /// What is asked.
    public let action: Action
    /// Who asks; nil in records from before that was kept.
    public let by: String?
    /// The name under which the record has what follows: `request-7`, or a workflow's run and task.
    public let request: String?

    /// Something asked.
    public init(_ action: Action, by: String? = nil, request: String? = nil) {
        self.action = action
        self.by = by
        self.request = request
    }

    /// No entries until resumed.
    public static func halt(reason: String) -> DeskControl { DeskControl(.halt(reason: reason)) }
    /// Entries again.
    public static let resume = DeskControl(.resume(reason: nil))
    /// Exits only until resumed.
    public static func reduceOnly(reason: String) -> DeskControl { DeskControl(.reduceOnly(reason: reason)) }
    /// Halt, and close every position.
    public static func flatten(reason: String) -> DeskControl { DeskControl(.flatten(reason: reason)) }

    /// What the engine is told; nil for orders, which the gate judges as intents.
    public var command: ControlCommand? {
        switch action {
        case .halt(let reason): .halt(reason: reason)
        case .resume: .resume
        case .reduceOnly(let reason): .reduceOnly(reason: reason)
        case .flatten(let reason): .flatten(reason: reason)
        case .limits(let limits, let reason): .limits(limits, reason: reason)
        case .order, .proposal: nil
        }
    }
}

/// Written as the action alone, with who asked and the name beside it where they are known.
extension DeskControl: Codable {
    private enum CodingKeys: String, CodingKey {
        case by, request
    }

    public init(from decoder: any Decoder) throws {
        action = try Action(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        by = try container.decodeIfPresent(String.self, forKey: .by)
        request = try container.decodeIfPresent(String.self, forKey: .request)
    }

    public func encode(to encoder: any Encoder) throws {
        try action.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(by, forKey: .by)
        try container.encodeIfPresent(request, forKey: .request)
    }
}
