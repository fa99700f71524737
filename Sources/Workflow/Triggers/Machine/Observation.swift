public import WorkflowModel

/// Something that happened and that triggers may fire at.
public enum Observation: Sendable, Hashable {
    /// Time passed.
    case tick
    /// A bar of prices ended.
    case bar(ObservedBar)
    /// A price was seen.
    case price(symbol: String, price: Double)
    /// The market's volatility index stands at a level, in percent a year as VIX is.
    case volatilityIndex(level: Double)
    /// A symbol's own volatility, measured from its prices, in percent a year.
    case realisedVolatility(symbol: String, level: Double)
    /// A headline came in.
    case news(ObservedNews)
    /// A person asks for a run.
    case manual(by: String, input: Value)
    /// A signed message came in from outside.
    case webhook(WebhookDelivery)
}

/// A bar of prices as triggers see it.
public struct ObservedBar: Sendable, Hashable {
    /// What was traded.
    public var symbol: String
    /// The first price.
    public var open: Double
    /// The highest price.
    public var high: Double
    /// The lowest price.
    public var low: Double
    /// The last price.
    public var close: Double
    /// How much was traded.
    public var volume: Double

    /// A bar.
    public init(symbol: String, open: Double, high: Double, low: Double, close: Double, volume: Double) {
        self.symbol = symbol
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }
}

/// A headline as triggers see it.
public struct ObservedNews: Sendable, Hashable {
    /// Its text.
    public var headline: String
    /// Who published it.
    public var source: String
    /// How urgent it is.
    public var priority: Priority
    /// From -1 for bad to 1 for good; nil where nobody judged it.
    public var sentiment: Double?
    /// What it is about, where that is known.
    public var symbols: [String]

    /// A headline.
    public init(
        _ headline: String, source: String, priority: Priority = .medium, sentiment: Double? = nil,
        symbols: [String] = []
    ) {
        self.headline = headline
        self.source = source
        self.priority = priority
        self.sentiment = sentiment
        self.symbols = symbols
    }
}
