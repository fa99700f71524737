public import Accounting
import Determinism
public import TradingModel

extension RiskPolicy {
    /// Does what a person ordered; for `flatten`, returns the exits to judge and send.
    ///
    /// After `resume` the daily loss limit is measured anew from the equity at that moment, so a resumed day is not
    /// an unlimited one.
    public mutating func apply(_ command: ControlCommand, portfolio: Portfolio) throws(Overflow) -> [Intent] {
        switch command {
        case .halt(let reason): state = .halted(.manual(reason))
        case .reduceOnly(let reason): state = .reduceOnly(reason: reason)
        case .resume:
            let equity = try portfolio.equity
            state = .active
            peakEquity = peakEquity.map { _ in equity }
            if day != nil { setLossFloor(from: equity) }
        case .limits(let limits, _): adopt(limits)
        case .flatten(let reason):
            state = .halted(.manual(reason))
            return exits(portfolio, origin: reason)
        }
        return []
    }

    /// Market orders that close every position, ascending by instrument; they pass the gate in any state.
    public func exits(_ portfolio: Portfolio, origin: String) -> [Intent] {
        portfolio.held.map { id in
            let quantity = portfolio[id].quantity
            return Intent(
                instrument: id, side: quantity.raw > 0 ? .sell : .buy, size: .units(quantity.magnitude),
                reduceOnly: true, origin: origin)
        }
    }

    /// Books what a broker says of an order: fills release their share of the reservation, failures all of it.
    ///
    /// An order of which nothing is known (`unknown`) keeps its reservation; reports of other orders change nothing.
    public mutating func orderReported(_ report: OrderReport) throws(Overflow) {
        switch report.outcome {
        case .filled(let fill, _): try orderFilled(report.order, fill)
        case .exitPlaced(let exit): try open.addExit(exit)
        case .accepted, .triggered: open.markAnswered(report.order)
        case .rejected, .cancelled, .expired: try open.remove(report.order)
        case .unknown: break
        }
    }

    private mutating func orderFilled(_ id: OrderID, _ fill: Fill) throws(Overflow) {
        guard let index = open.index(of: id) else { return }
        if open.orders[index].isPlacedStop { stoppedOut[fill.instrument.index] = fill.time.nanoseconds }
        try open.fill(index, fill, lot: traits[fill.instrument.index].lot)
    }

    /// Changes what is allowed, keeping losses, halts and orders in flight; the daily floor is drawn anew at once.
    ///
    /// Statistics begin afresh where the new limits need more days than were kept. Whoever calls this decides who may
    /// loosen limits: `RiskLimits.loosened(from:)` names what became looser.
    public mutating func adopt(_ limits: RiskLimits) {
        self.limits = limits
        needsMarket = limits.needsMarket
        if limits.daysNeeded > market.capacity {
            market = MarketStatistics(instruments: traits.count, capacity: limits.daysNeeded)
        }
        recent = recent.resized(to: limits.maxOrdersPerMinute ?? 0)
        if let start = dayStartEquity { setLossFloor(from: start) }
    }
}
