public import Determinism

/// What a person may ask of a running desk from another process.
public enum ControlKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// No new orders.
    case halt
    /// Orders again.
    case resume
    /// Only orders that bring positions nearer to zero.
    case reduceOnly = "reduce-only"
    /// Close every position.
    case flatten
    /// Judge an order, and send it where the gate approves it.
    case order
    /// Apply other limits.
    case limits
}

/// A request to the running desk, which consumes each exactly once, in order.
public struct ControlRequest: Sendable, Hashable {
    /// 1, 2, 3… in the order of asking; it may skip numbers.
    public let id: Int64
    /// What is asked.
    public let kind: ControlKind
    /// Why, in the asker's words.
    public let reason: String
    /// When it was asked.
    public let time: Timestamp
    /// Who asked.
    public let who: String
    /// What else belongs to it, as the asker wrote it: the order, the limits; nil where nothing does.
    public let body: [UInt8]?
    /// What makes asking again the same request; nil where it is another one.
    public let key: String?

    init(
        id: Int64, kind: ControlKind, reason: String, time: Timestamp, who: String, body: [UInt8]? = nil,
        key: String? = nil
    ) {
        (self.id, self.kind, self.reason, self.time, self.who) = (id, kind, reason, time, who)
        (self.body, self.key) = (body, key)
    }
}

/// A request that is about to be made.
public struct NewRequest: Sendable, Hashable {
    /// What is asked.
    public var kind: ControlKind
    /// Why, in the asker's words.
    public var reason: String
    /// Who asks.
    public var who: String
    /// What else belongs to it; nil where nothing does.
    public var body: [UInt8]?
    /// What makes asking again the same request; nil where it is another one.
    public var key: String?

    /// A request.
    public init(_ kind: ControlKind, reason: String, by who: String, body: [UInt8]? = nil, key: String? = nil) {
        (self.kind, self.reason, self.who) = (kind, reason, who)
        (self.body, self.key) = (body, key)
    }
}

/// A request with the record at which the desk consumed it.
public struct ConsumedControl: Sendable, Hashable {
    /// The request.
    public let request: ControlRequest
    /// The last record of the commit that consumed it.
    public let sequence: Int64
}
