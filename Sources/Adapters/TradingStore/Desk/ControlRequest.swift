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
}

/// A request with the record at which the desk consumed it.
public struct ConsumedControl: Sendable, Hashable {
    /// The request.
    public let request: ControlRequest
    /// The last record of the commit that consumed it.
    public let sequence: Int64
}
