/// An order that a strategy or an agent wants; nothing is sent before the risk gate has judged it.
public struct Intent: Sendable, Hashable, Codable {
    /// What to trade.
    public var instrument: InstrumentID
    /// Buy or sell.
    public var side: Side
    /// How much.
    public var size: OrderSize
    /// At what price.
    public var kind: OrderKind
    /// How long the order stands.
    public var timeInForce: TimeInForce
    /// It may only bring a position nearer to zero.
    public var reduceOnly: Bool
    /// The exits that go with it; nil leaves them to the risk policy.
    public var bracket: Bracket?
    /// Who wants it and why, in a few words, for the record.
    public var origin: String

    /// An intent; by default a market order, good until cancelled.
    public init(
        instrument: InstrumentID, side: Side, size: OrderSize, kind: OrderKind = .market,
        timeInForce: TimeInForce = .goodTilCancelled, reduceOnly: Bool = false, bracket: Bracket? = nil,
        origin: String
    ) {
        self.instrument = instrument
        self.side = side
        self.size = size
        self.kind = kind
        self.timeInForce = timeInForce
        self.reduceOnly = reduceOnly
        self.bracket = bracket
        self.origin = origin
    }
}
