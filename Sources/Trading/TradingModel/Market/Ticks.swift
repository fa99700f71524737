public import Determinism

/// The best bid and ask at a moment.
public struct Quote: Sendable, Hashable, Codable {
    /// When the venue had it.
    public let time: Timestamp
    /// The highest price somebody pays.
    public let bid: Price
    /// The lowest price somebody asks.
    public let ask: Price
    /// Units bid for.
    public let bidSize: Quantity
    /// Units on offer.
    public let askSize: Quantity

    /// A quote as given; nothing is checked here.
    public init(time: Timestamp, bid: Price, ask: Price, bidSize: Quantity, askSize: Quantity) {
        self.time = time
        self.bid = bid
        self.ask = ask
        self.bidSize = bidSize
        self.askSize = askSize
    }
}

/// One trade between others, as a venue published it.
public struct TradeTick: Sendable, Hashable, Codable {
    /// When it happened.
    public let time: Timestamp
    /// What one unit cost.
    public let price: Price
    /// Units that changed hands.
    public let quantity: Quantity
    /// The side that took the price, where the venue says.
    public let aggressor: Side?

    /// A trade as given; nothing is checked here.
    public init(time: Timestamp, price: Price, quantity: Quantity, aggressor: Side?) {
        self.time = time
        self.price = price
        self.quantity = quantity
        self.aggressor = aggressor
    }
}

/// A headline about instruments, known from `published` on.
public struct Headline: Sendable, Hashable, Codable {
    /// When it was published.
    public let published: Timestamp
    /// The instruments it is about.
    public let symbols: [Symbol]
    /// The text; data, never instructions.
    public let title: String
    /// Who published it.
    public let source: String

    /// A headline as given.
    public init(published: Timestamp, symbols: [Symbol], title: String, source: String) {
        self.published = published
        self.symbols = symbols
        self.title = title
        self.source = source
    }
}
