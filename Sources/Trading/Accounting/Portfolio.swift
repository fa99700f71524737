public import TradingModel

/// Cash and positions of one account in one currency: a fold over fills and charges.
///
/// After every fill and mark, `equity == cash + the market values` and
/// `equity == initialCash + realisedProfit + unrealisedProfit - fees - carryCosts`, both exactly.
public struct Portfolio: Sendable, Hashable, Codable {
    /// The cash it began with.
    public let initialCash: Money
    /// Cash, negative only where a broker lends it.
    public private(set) var cash: Money
    /// Every fee paid so far.
    public private(set) var fees: Money = 0
    /// What holding positions has cost so far, borrowing and funding, less what it brought in.
    public private(set) var carryCosts: Money = 0
    /// The held units of all instruments at their last prices.
    public private(set) var marketValue: Money = 0
    /// The money traded so far, bought and sold, fees apart.
    public private(set) var turnover: Money = 0
    /// Fills booked so far.
    public private(set) var fillCount = 0
    /// One position an instrument, by `InstrumentID.index`.
    public private(set) var positions: ContiguousArray<Position>

    /// An account with cash and nothing else.
    public init(cash: Money, instruments: Int) {
        initialCash = cash
        self.cash = cash
        positions = ContiguousArray(repeating: Position(), count: instruments)
    }

    /// What is held of an instrument.
    @inlinable
    public subscript(id: InstrumentID) -> Position { positions[id.index] }

    /// Cash and all positions at their last prices.
    @inlinable public var equity: Money {
        get throws(Overflow) { try cash + marketValue }
    }

    /// The profit of everything sold so far, fees apart.
    public var realisedProfit: Money {
        get throws(Overflow) {
            var sum = Money.zero
            for position in positions { sum = try sum + position.realisedProfit }
            return sum
        }
    }

    /// What the held positions have gained since they were bought, fees apart.
    public var unrealisedProfit: Money {
        get throws(Overflow) {
            var sum = Money.zero
            for position in positions { sum = try sum + position.unrealisedProfit }
            return sum
        }
    }

    /// Market values regardless of sign: what is at risk, long and short.
    public var grossExposure: Money {
        get throws(Overflow) {
            var sum = Money.zero
            for position in positions { sum = try sum + position.marketValue.magnitude }
            return sum
        }
    }

    /// Instruments of which something is held, ascending.
    public var held: [InstrumentID] {
        positions.indices.filter { !positions[$0].isFlat }.map(InstrumentID.init)
    }

    /// Books a fill; throws, with nothing booked, where an amount would not fit.
    ///
    /// Returns the profit that it locked in, less its fee; nil for one that only opens. The fee of a fill that goes
    /// through zero is split by units.
    @discardableResult
    public mutating func apply(_ fill: Fill) throws(Overflow) -> Money? {
        let signed = fill.side == .buy ? fill.quantity : try -fill.quantity
        var booked = positions[fill.instrument.index]
        let valueBefore = booked.marketValue
        let traded = try fill.price * signed
        let closed = try booked.trade(signed, worth: traded, at: fill.price)
        let profit = try booked.realisedProfit - positions[fill.instrument.index].realisedProfit
        let locked = closed.raw == 0 ? nil : try profit - fill.fee(of: closed.magnitude)
        let newCash = try cash - traded - fill.fee
        let newFees = try fees + fill.fee
        let newTurnover = try turnover + traded.magnitude
        let newValue = try marketValue + (booked.marketValue - valueBefore)
        positions[fill.instrument.index] = booked
        (cash, fees, turnover, marketValue) = (newCash, newFees, newTurnover, newValue)
        fillCount += 1
        return locked
    }

    /// Books what holding a position cost; throws, with nothing booked, where an amount would not fit.
    public mutating func apply(_ charge: Charge) throws(Overflow) {
        let newCosts = try carryCosts + charge.amount
        cash = try cash - charge.amount
        carryCosts = newCosts
    }

    /// Values what is held of an instrument at a new price.
    @inline(__always)
    public mutating func mark(_ id: InstrumentID, at price: Price) throws(Overflow) {
        let change = try positions[id.index].revalue(at: price)
        if change.raw != 0 { marketValue = try marketValue + change }
    }
}

extension Fill {
    /// The part of the fee that so many of its units bear.
    fileprivate func fee(of units: Quantity) throws(Overflow) -> Money {
        units == quantity ? fee : try fee.share(units, of: quantity)
    }
}
