public import TradingModel

/// Folds fills into round trips, flat to flat.
///
/// A round trip begins with the fill that opens a position and ends with the one that leaves nothing of it; entries and
/// exits between belong to it at their average prices. A fill that goes through zero ends one and begins another, and
/// its fee is split by units. Profits of closed round trips therefore add up to the account's profit exactly.
public struct TradeLedger: Sendable, Hashable, Codable {
    /// Round trips that are over, in the order they ended.
    public private(set) var closed: [RoundTrip] = []
    private var running: ContiguousArray<RoundTrip?>

    /// A ledger without fills.
    public init(instruments: Int) {
        running = ContiguousArray(repeating: nil, count: instruments)
    }

    /// Positions held at present, ascending by instrument.
    public var open: [RoundTrip] { running.compactMap { $0 } }

    /// Books a fill; throws, with nothing booked, where an amount would not fit. A fill of nothing is ignored.
    public mutating func apply(_ fill: Fill) throws(Overflow) {
        guard fill.quantity.raw > 0 else { return }
        let value = try fill.price * fill.quantity
        guard let trip = running[fill.instrument.index], trip.side != fill.side, fill.quantity > trip.left else {
            return try book(fill, units: fill.quantity, value: value, fee: fill.fee)
        }
        try goThroughZero(fill, value: value, closing: trip.left)
    }

    /// Books what holding a position cost; throws, with nothing booked, where an amount would not fit.
    ///
    /// A charge for what is not held belongs to no round trip and is left out.
    public mutating func apply(_ charge: Charge) throws(Overflow) {
        guard let costs = running[charge.instrument.index]?.carryCosts else { return }
        running[charge.instrument.index]?.carryCosts = try costs + charge.amount
    }

    private mutating func goThroughZero(_ fill: Fill, value: Money, closing: Quantity) throws(Overflow) {
        let before = self
        do throws(Overflow) {
            let closingValue = try fill.price * closing
            let closingFee = try fill.fee.share(closing, of: fill.quantity)
            try book(fill, units: closing, value: closingValue, fee: closingFee)
            let rest = try fill.quantity - closing
            try book(fill, units: rest, value: try value - closingValue, fee: try fill.fee - closingFee)
        } catch {
            self = before
            throw error
        }
    }

    private mutating func book(_ fill: Fill, units: Quantity, value: Money, fee: Money) throws(Overflow) {
        var trip = running[fill.instrument.index] ?? RoundTrip(fill)
        try trip.book(fill, units: units, value: value, fee: fee)
        if trip.left.raw == 0 {
            closed.append(trip)
            running[fill.instrument.index] = nil
        } else {
            running[fill.instrument.index] = trip
        }
    }
}
