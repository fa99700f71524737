public import Determinism

/// What was traded for an order, all or a part of it.
public struct Fill: Sendable, Hashable, Codable {
    /// The order.
    public let order: OrderID
    /// 1, 2, 3… for the fills of one order; with the order's name it makes a fill unique.
    public let ordinal: UInt32
    /// What was traded.
    public let instrument: InstrumentID
    /// Bought or sold.
    public let side: Side
    /// How many units, above zero.
    public let quantity: Quantity
    /// What one unit cost.
    public let price: Price
    /// What the venue took for it.
    public let fee: Money
    /// When it was traded.
    public let time: Timestamp
    /// Units of the order that still stand after this fill; zero when the order is done.
    public let leaves: Quantity

    /// A fill as reported; by default the one that completes its order.
    public init(
        order: OrderID, ordinal: UInt32, instrument: InstrumentID, side: Side, quantity: Quantity, price: Price,
        fee: Money, time: Timestamp, leaves: Quantity = 0
    ) {
        self.order = order
        self.ordinal = ordinal
        self.instrument = instrument
        self.side = side
        self.quantity = quantity
        self.price = price
        self.fee = fee
        self.time = time
        self.leaves = leaves
    }
}

/// What a broker says of an order.
public struct OrderReport: Sendable, Hashable, Codable {
    /// The order.
    public let order: OrderID
    /// What happened to it.
    public let outcome: Outcome
    /// When it happened at the venue.
    public let time: Timestamp

    /// A report as received.
    public init(order: OrderID, outcome: Outcome, time: Timestamp) {
        self.order = order
        self.outcome = outcome
        self.time = time
    }

    /// What can happen to an order at a venue.
    public enum Outcome: Sendable, Hashable, Codable {
        /// The venue has it.
        case accepted
        /// A stop has been touched; the order is at the market now.
        case triggered
        /// Traded, in full or in part; `note` says what a reader should know, such as that the stop was taken first.
        case filled(Fill, note: String?)
        /// The venue did not take it.
        case rejected(reason: String)
        /// It no longer stands; what was filled before stays filled.
        case cancelled(reason: String)
        /// Its time is over.
        case expired
        /// A protective exit that a fill placed: the broker made this order by itself from `order`'s bracket.
        ///
        /// Kept aside (`indirect`), so that every other report stays small.
        indirect case exitPlaced(Order)
        /// No answer came in time: the order may or may not stand, and the venue must be asked.
        case unknown(reason: String)
    }
}
