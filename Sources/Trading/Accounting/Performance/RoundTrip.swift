public import Determinism
public import TradingModel

/// A position from its first unit to its last: what was bought and sold between two moments of holding nothing.
public struct RoundTrip: Sendable, Hashable, Codable {
    /// A fill by its names.
    public struct FillName: Sendable, Hashable, Codable {
        /// The order.
        public let order: OrderID
        /// Which of its fills.
        public let ordinal: UInt32
    }

    /// What was held.
    public let instrument: InstrumentID
    /// Bought first for a long position, sold first for a short one.
    public let side: Side
    /// When the first unit came.
    public let opened: Timestamp
    /// When the last unit went; of the last fill so far while something is held.
    public internal(set) var closed: Timestamp
    /// Units that came, all entries together.
    public internal(set) var quantity: Quantity = 0
    /// Units still held, without sign.
    public internal(set) var left: Quantity = 0
    /// What the entries were worth.
    public internal(set) var entryValue: Money = 0
    /// What the exits were worth.
    public internal(set) var exitValue: Money = 0
    /// Fees of entries and exits.
    public internal(set) var fees: Money = 0
    /// What holding it cost, borrowing and funding, less what it brought in.
    public internal(set) var carryCosts: Money = 0
    /// The fills, in order; one that went through zero belongs to two round trips.
    public internal(set) var fills: [FillName] = []

    init(_ fill: Fill) {
        instrument = fill.instrument
        side = fill.side
        opened = fill.time
        closed = fill.time
    }

    /// Gain after fees and what holding it cost; of a position still held, what exits brought less what all entries cost.
    public var profit: Money {
        get throws(Overflow) {
            let gain = side == .buy ? try exitValue - entryValue : try entryValue - exitValue
            return try gain - fees - carryCosts
        }
    }

    /// Profit over what the entries were worth; nil where that is nothing or does not fit.
    public var profitShare: Double? {
        guard entryValue.raw != 0, let profit = try? profit else { return nil }
        return profit.double / entryValue.double
    }

    /// The average price of the entries.
    public var entryPrice: Price? { quantity.raw == 0 ? nil : try? entryValue.price(per: quantity) }

    /// The average price of the exits; nil before the first.
    public var exitPrice: Price? {
        guard let sold = try? quantity - left, sold.raw != 0 else { return nil }
        return try? exitValue.price(per: sold)
    }

    /// From the first unit to the last.
    public var duration: Duration { closed - opened }

    /// Books the part of a fill that belongs here.
    mutating func book(_ fill: Fill, units: Quantity, value: Money, fee: Money) throws(Overflow) {
        let newFees = try fees + fee
        if fill.side == side {
            (quantity, left, entryValue) = (try quantity + units, try left + units, try entryValue + value)
        } else {
            (left, exitValue) = (try left - units, try exitValue + value)
        }
        fees = newFees
        closed = fill.time
        fills.append(FillName(order: fill.order, ordinal: fill.ordinal))
    }
}
