public import Determinism
public import TradingModel

/// A simulated market as a feed: bars with the starts and ends of trading days and, if asked for, a quote after each bar.
public struct SimulatedFeed: ResumableFeed, Sendable {
    /// A place in a simulated market, to be saved and gone back to.
    public struct Cursor: Sendable, Hashable, Codable {
        let delivered: Int
        let openDay: CivilDate?
        let owesQuote: Bool
        let market: UInt64
    }

    /// The market behind; its headlines are asked for by time.
    public private(set) var market: SimulatedMarket
    private let beginning: SimulatedMarket
    private let days: TradingDayRule
    private let withQuotes: Bool
    private let end: Timestamp?
    private var boundaries: DayBoundaries
    private var quoted: SimulatedBar?

    /// A feed of a market from where it is; bars that end after `end` do not come.
    public init(_ market: SimulatedMarket, withQuotes: Bool = false, until end: Timestamp? = nil) {
        self.market = market
        self.end = end
        beginning = market
        days = TradingDayRule.of(market.universe)
        self.withQuotes = withQuotes
        boundaries = DayBoundaries(days)
    }

    /// Always true.
    public var isSimulated: Bool { true }

    public var nextTime: Timestamp? {
        if let quoted { return quoted.bar.end }
        guard let end = nextEnd else { return boundaries.closingTime }
        return boundaries.covers(end) ? end : boundaries.boundaryTime(before: end)
    }

    public mutating func next() throws(FeedError) -> MarketEvent? {
        if let bar = quoted {
            quoted = nil
            return .quote(bar.id, market.quote(after: bar))
        }
        guard let end = nextEnd else { return boundaries.close() }
        guard boundaries.covers(end) else { return boundaries.boundary(before: end) }
        guard let next = market.next() else { return nil }
        if withQuotes { quoted = next }
        return .bar(next.id, next.bar)
    }

    private var nextEnd: Timestamp? {
        guard let next = market.nextEnd, end.map({ next <= $0 }) ?? true else { return nil }
        return next
    }

    public var cursor: Cursor {
        Cursor(
            delivered: market.delivered, openDay: boundaries.day, owesQuote: quoted != nil, market: marketFingerprint)
    }

    /// Goes to a place that a feed of the same market was at, by making the market anew and passing over its bars.
    public mutating func resume(at cursor: Cursor) throws(FeedError) {
        guard cursor.market == marketFingerprint else {
            throw .cursorFromOtherData("another seed, start, bar length or instrument")
        }
        let count = cursor.delivered - beginning.delivered - (cursor.owesQuote ? 1 : 0)
        guard count >= 0 else { throw .cursorFromOtherData("it lies before the market's beginning") }
        market = beginning
        market.skip(count)
        quoted = cursor.owesQuote ? market.next() : nil
        boundaries = DayBoundaries(days, openDay: cursor.openDay)
    }

    private var marketFingerprint: UInt64 {
        let instruments = market.universe.instruments.map { instrument in
            "\(instrument.symbol) \(instrument.assetClass) \(instrument.priceIncrement) \(instrument.sector ?? "")"
        }
        let settings = "\(market.seed) \(market.start) \(market.barLength) \(withQuotes)"
        return Fingerprint.of(([settings] + instruments).joined(separator: "\n"))
    }
}
