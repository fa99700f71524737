public import Determinism

/// Buy or sell.
public enum Side: String, Sendable, Hashable, Codable, CaseIterable {
    case buy, sell

    /// The other side.
    @inlinable public var opposite: Side { self == .buy ? .sell : .buy }
}

/// At what price an order may trade.
public enum OrderKind: Sendable, Hashable, Codable {
    /// At whatever the market gives.
    case market
    /// At this price or better.
    case limit(Price)
    /// At the market once this price has been touched.
    case stop(Price)
    /// At `limit` or better once `stop` has been touched.
    case stopLimit(stop: Price, limit: Price)
    /// At the market once a stop has been touched that follows the best price at a distance, and never goes back.
    ///
    /// It stands at `stop` first; without one, at the distance from the first price that comes.
    case trailingStop(stop: Price?, by: Trail)
}

/// How far a trailing stop stays behind the best price: below the highest for a sale, above the lowest for a purchase.
public enum Trail: Sendable, Hashable, Codable {
    /// So much, above zero.
    case amount(Price)
    /// A fraction of the best price, above 0 and below 1.
    case fraction(Double)

    /// True for a distance that a stop can keep.
    public var isUsable: Bool {
        switch self {
        case .amount(let amount): amount > 0
        case .fraction(let fraction): fraction > 0 && fraction < 1
        }
    }

    /// The distance as a fraction of a price.
    public func share(of price: Double) -> Double {
        switch self {
        case .amount(let amount): amount.double / price
        case .fraction(let fraction): fraction
        }
    }
}

/// How long an order stands.
public enum TimeInForce: String, Sendable, Hashable, Codable, CaseIterable {
    /// Until the end of the session in which it was accepted.
    case day = "DAY"
    /// Until it is filled or cancelled.
    case goodTilCancelled = "GTC"
    /// What can be had at once; the rest is cancelled.
    case immediateOrCancel = "IOC"
    /// All at once or nothing.
    case fillOrKill = "FOK"
}

/// How much an order is for.
public enum OrderSize: Sendable, Hashable, Codable {
    /// So many units.
    case units(Quantity)
    /// As many whole lots as the amount pays for at the price of the fill, fees included. Buys only.
    case notional(Money)
}

/// Where a protective exit stands.
public enum ExitLevel: Sendable, Hashable, Codable {
    /// At a price.
    case price(Price)
    /// So far from the entry's fill price, as a positive fraction of it.
    case distance(Double)
}

/// The exits that go with an entry; when one is filled the other is cancelled (one cancels other).
public struct Bracket: Sendable, Hashable, Codable {
    /// Where to get out with a loss.
    public let stopLoss: ExitLevel?
    /// Where to get out with a profit.
    public let takeProfit: ExitLevel?
    /// How far behind the best price since the entry the stop follows; nil for a stop that stays.
    ///
    /// It begins at `stopLoss`, or at this distance from the fill where that is nearer.
    public let trail: Trail?

    /// Exits at the given levels.
    public init(stopLoss: ExitLevel?, takeProfit: ExitLevel?, trail: Trail? = nil) {
        self.stopLoss = stopLoss
        self.takeProfit = takeProfit
        self.trail = trail
    }
}

/// An order's name, the same at our side and the venue's, derived from the decision that made it.
///
/// After a crash the venue is asked for exactly this name, so nothing is sent twice.
public struct OrderID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible, LosslessStringConvertible {
    /// The desk's tag, so that desks sharing an account do not collide.
    public let desk: UInt32
    /// The sequence number of the engine step that decided.
    public let step: UInt64
    /// 1, 2, 3… for the orders of one step; exits that a fill creates count on from there.
    public let ordinal: UInt32

    /// The name of a step's order.
    @inlinable
    public init(desk: UInt32, step: UInt64, ordinal: UInt32) {
        self.desk = desk
        self.step = step
        self.ordinal = ordinal
    }

    @inlinable
    public static func < (left: OrderID, right: OrderID) -> Bool {
        (left.step, left.ordinal, left.desk) < (right.step, right.ordinal, right.desk)
    }

    /// `bw-0000002a-118-1`: desk in hexadecimal, step, ordinal.
    public var description: String {
        let tag = String(desk, radix: 16)
        return "bw-\(String(repeating: "0", count: 8 - tag.count))\(tag)-\(step)-\(ordinal)"
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "bw", let desk = UInt32(parts[1], radix: 16),
            let step = UInt64(parts[2]), let ordinal = UInt32(parts[3])
        else { return nil }
        self.init(desk: desk, step: step, ordinal: ordinal)
        guard description == text else { return nil }
    }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = OrderID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no order id")
        }
        self = id
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// What is sent to a broker.
public struct Order: Sendable, Hashable, Codable {
    /// Its name.
    public let id: OrderID
    /// What to trade.
    public let instrument: InstrumentID
    /// Buy or sell.
    public let side: Side
    /// How much.
    public let size: OrderSize
    /// At what price.
    public let kind: OrderKind
    /// How long it stands.
    public let timeInForce: TimeInForce
    /// It may only bring a position nearer to zero; the broker cuts it to what is held.
    public let reduceOnly: Bool
    /// The exits to place once it is filled.
    public let bracket: Bracket?
    /// When it was decided.
    public let decided: Timestamp

    /// An order as decided.
    public init(
        id: OrderID, instrument: InstrumentID, side: Side, size: OrderSize, kind: OrderKind = .market,
        timeInForce: TimeInForce = .goodTilCancelled, reduceOnly: Bool = false, bracket: Bracket? = nil,
        decided: Timestamp
    ) {
        self.id = id
        self.instrument = instrument
        self.side = side
        self.size = size
        self.kind = kind
        self.timeInForce = timeInForce
        self.reduceOnly = reduceOnly
        self.bracket = bracket
        self.decided = decided
    }
}
