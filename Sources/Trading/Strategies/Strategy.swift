public import Accounting
public import TradingModel

/// Turns what the market does into intents.
///
/// A strategy is a value: its whole memory is inside, so that a copy is a checkpoint and a run can be repeated. It sees
/// each event once, in order of time, and never one that has not happened yet.
public protocol Strategy: Sendable, Codable {
    /// A bar is complete; intents are appended in the order in which they should be judged.
    mutating func decide(_ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent])

    /// A bar from before the run: indicators learn from it, nothing is decided.
    mutating func warmUp(_ id: InstrumentID, _ bar: Bar)
}

/// Wants nothing by itself: for a desk whose intents come as proposals.
public struct NoStrategy: Strategy {
    /// Wants nothing.
    public init() {}

    @inlinable
    public mutating func decide(
        _ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent]
    ) {}

    public mutating func warmUp(_ id: InstrumentID, _ bar: Bar) {}
}
