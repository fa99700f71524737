public import TradingModel

/// An order that a person or a program proposes; the risk gate judges it like any other intent.
public struct OrderTicket: Sendable, Hashable, Codable {
    /// What is to be traded.
    public var symbol: Symbol
    /// Which way.
    public var side: Side
    /// So many units, or nil where `share` says how much.
    public var quantity: Quantity?
    /// A share of equity, 0...1; nil where `quantity` says how much.
    public var share: Double?
    /// Not worse than this price; nil for at the market.
    public var limit: Price?
    /// Why, for the record.
    public var reason: String

    /// A proposal.
    public init(
        _ symbol: Symbol, _ side: Side, quantity: Quantity? = nil, share: Double? = nil, limit: Price? = nil,
        reason: String
    ) {
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.share = share
        self.limit = limit
        self.reason = reason
    }
}
