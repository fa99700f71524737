public import Accounting
public import Determinism
public import TradingModel

extension RiskPolicy {
    /// Judges intents in order, each against what those before it have taken.
    ///
    /// `step` and `desk` name the orders; intents of one step may be judged in one call or in several. Where it throws
    /// nothing was approved: the orders of this call are no longer in flight.
    public mutating func judge(
        _ intents: [Intent], portfolio: Portfolio, at time: Timestamp, step: UInt64, desk: UInt32
    ) throws(Overflow) -> [Verdict] {
        var verdicts: [Verdict] = []
        var orders: [ApprovedOrder] = []
        try judge(intents, portfolio, at: time, step: step, desk: desk, into: &verdicts, approved: &orders)
        return verdicts
    }

    /// The same, with the verdicts and the approved orders appended to arrays whose memory is used again.
    public mutating func judge(
        _ intents: [Intent], _ portfolio: borrowing Portfolio, at time: Timestamp, step: UInt64, desk: UInt32,
        into verdicts: inout [Verdict], approved orders: inout [ApprovedOrder]
    ) throws(Overflow) {
        let (inFlight, before, approved) = (open.orders.count, verdicts.count, orders.count)
        var nothing: [RiskCheck]?
        do throws(Overflow) {
            for index in intents.indices {
                verdicts.append(
                    try judge(
                        intents[index], portfolio, at: time, step: step, desk: desk, approved: &orders,
                        checks: &nothing))
            }
        } catch {
            verdicts.removeLast(verdicts.count - before)
            orders.removeLast(orders.count - approved)
            try open.forgetAll(after: inFlight)
            throw error
        }
    }

    /// Judges one intent; one whose amounts do not fit is refused.
    public mutating func judge(
        _ intent: Intent, portfolio: Portfolio, at time: Timestamp, step: UInt64, desk: UInt32
    ) throws(Overflow) -> Verdict {
        var (orders, checks): ([ApprovedOrder], [RiskCheck]?) = ([], nil)
        return try judge(intent, portfolio, at: time, step: step, desk: desk, approved: &orders, checks: &checks)
    }

    /// The rules looked at are added to `checks`, where it is not nil.
    mutating func judge(
        _ intent: Intent, _ portfolio: borrowing Portfolio, at time: Timestamp, step: UInt64, desk: UInt32,
        approved orders: inout [ApprovedOrder], checks: inout [RiskCheck]?
    ) throws(Overflow) -> Verdict {
        guard traits.indices.contains(intent.instrument.index) else {
            return .refused(Refusal(intent: intent, rule: .instrument, limit: nil, actual: nil))
        }
        var proposal = Proposal(intent, now: time, lot: traits[intent.instrument.index].lot)
        proposal.checks = checks
        defer { checks = proposal.checks }
        do throws(Overflow) {
            try examine(&proposal, portfolio)
        } catch {
            proposal.refuse(.overflow)
        }
        if let objection = proposal.objection {
            return .refused(
                Refusal(intent: intent, rule: objection.rule, limit: objection.limit, actual: objection.actual))
        }
        let order = try approve(proposal, step: step, desk: desk)
        orders.append(order)
        return .approved(order, adjusted: proposal.adjustments)
    }

    private func examine(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        guard proposal.intent.kind.isPositive else { return proposal.refuse(.priceMissing) }
        try split(&proposal, portfolio)
        if proposal.isEntry { try admit(&proposal, portfolio) }
        if proposal.isEntry { try limit(&proposal, portfolio) }
    }

    /// Tells the part that closes from the part that opens.
    private func split(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        let intent = proposal.intent
        let held = portfolio[intent.instrument].quantity
        switch intent.size {
        case .notional(let amount):
            guard amount.raw > 0, intent.side == .buy, !intent.reduceOnly, held.raw >= 0 else {
                return proposal.refuse(.size)
            }
            proposal.notional = amount
        case .units(let units):
            let whole = units.roundedDown(toMultipleOf: proposal.lot)
            guard units.raw > 0 else { return proposal.refuse(.size) }
            guard whole.raw > 0 else { return proposal.refuse(.lot, limit: proposal.lot.double, actual: units.double) }
            try split(&proposal, units: whole, of: units, held: held)
        }
    }

    private func split(
        _ proposal: inout Proposal, units: Quantity, of wanted: Quantity, held: Quantity
    ) throws(Overflow) {
        let intent = proposal.intent
        let closes = intent.side == .buy ? held.raw < 0 : held.raw > 0
        if closes {
            let waiting = try open.closing(intent.instrument, atMarket: intent.kind == .market)
            proposal.closing = max(0, min(units, try held.magnitude - waiting))
        }
        proposal.opening = try units - proposal.closing
        if units != wanted {
            proposal.adjustments.append(
                Adjustment(rule: .lot, from: .units(wanted), to: .units(units), limit: nil, actual: nil))
        }
        guard proposal.opening.raw > 0 else { return }
        if intent.reduceOnly { return proposal.refuse(.nothingToReduce) }
        if intent.side == .sell, !limits.allowShort { refuseShort(&proposal, held: held, units: units) }
    }

    private func refuseShort(_ proposal: inout Proposal, held: Quantity, units: Quantity) {
        if !limits.cutsExcessSales { proposal.closing = 0 }
        proposal.refuse(.shortSale, limit: max(0, held).double, actual: units.double)
    }

    /// Names the order, reserves what it may cost and keeps it in flight.
    private mutating func approve(
        _ proposal: borrowing Proposal, step: UInt64, desk: UInt32
    ) throws(Overflow) -> ApprovedOrder {
        let order = order(proposal, step: step, desk: desk)
        var open = OpenOrder(order: order, reserved: 0, unitCost: proposal.unitCost, price: proposal.price)
        (open.closing, open.opening, open.notional) = (proposal.closing, proposal.opening, proposal.notional)
        open.reserved = proposal.notional
        if proposal.opening.raw > 0 {
            open.reserved = try OpenOrder.reservation(
                proposal.opening, unitCost: proposal.unitCost, lot: proposal.lot)
        }
        try self.open.add(open)
        (lastStep, lastOrdinal) = (step, order.id.ordinal)
        recent.add(proposal.now)
        return ApprovedOrder(order, reserved: open.reserved)
    }

    /// An order that opens nothing is reduce-only, so that the broker cuts it to what is held by then.
    private func order(_ proposal: borrowing Proposal, step: UInt64, desk: UInt32) -> Order {
        let ordinal = step == lastStep ? lastOrdinal + 1 : 1
        return Order(
            id: OrderID(desk: desk, step: step, ordinal: ordinal), instrument: proposal.intent.instrument,
            side: proposal.intent.side, size: proposal.size, kind: proposal.intent.kind,
            timeInForce: proposal.intent.timeInForce, reduceOnly: !proposal.isEntry,
            bracket: proposal.isEntry ? proposal.bracket : nil, decided: proposal.now)
    }
}
