public import TradingModel

/// What the desk recommends for one instrument, as it is shown and sent.
public struct Recommendation: Sendable, Hashable, Codable {
    /// The instrument's name.
    public let symbol: Symbol
    /// BUY, SELL or HOLD.
    public let action: Signal.Action
    /// How sure, 0...1.
    public let confidence: Double
    /// Where the price should go; nil for HOLD.
    public let priceTarget: Price?
    /// Where the idea is wrong; nil for HOLD.
    public let stopLoss: Price?
    /// Units the plan trades; nil where it trades none.
    public let quantity: Quantity?
    /// Why, the weightiest first.
    public let reasons: [Signal.Reason]

    private enum CodingKeys: String, CodingKey {
        case symbol, action, confidence, quantity, reasons
        case priceTarget = "price_target"
        case stopLoss = "stop_loss"
    }

    /// One recommendation a decision, in order of symbol.
    public static func all(_ signals: SignalSet, _ plan: ExecutionPlan?, _ universe: Universe) -> [Recommendation] {
        signals.signals.filter { universe.instruments.indices.contains($0.instrument.index) }.map { signal in
            Recommendation(
                symbol: universe.symbol(signal.instrument), action: signal.action, confidence: signal.confidence,
                priceTarget: signal.target, stopLoss: signal.stop,
                quantity: plan?.trades.first { $0.intent.instrument == signal.instrument }?.quantity,
                reasons: signal.reasons)
        }
    }
}
