public import Accounting
public import TradingModel

extension RiskPolicy {
    /// The rules that make an entry smaller; it is refused where less than a lot remains.
    func limit(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        if let most = limits.maxNotional { try proposal.cap(.maxNotional, at: most) }
        if proposal.isEntry { try limitPosition(&proposal, portfolio) }
        if proposal.isEntry { try limitRisk(&proposal) }
        if proposal.isEntry { try limitCorrelated(&proposal, portfolio) }
        if proposal.isEntry { try limitSlippage(&proposal) }
        if proposal.isEntry { try limitCash(&proposal, portfolio) }
        if proposal.isEntry, let least = limits.minNotional { try demand(least, &proposal) }
    }

    private func demand(_ least: Money, _ proposal: inout Proposal) throws(Overflow) {
        let value = try proposal.value
        guard value < least else {
            return proposal.note(.minNotional, limit: least.double, actual: value.double)
        }
        proposal.refuse(.minNotional, limit: least.double, actual: value.double)
    }

    private func limitPosition(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        guard let share = limits.maxPositionShare else { return }
        let id = proposal.intent.instrument
        let held = proposal.closing.raw > 0 ? 0 : portfolio[id].marketValue.magnitude
        let used = try held + open.exposure(id)
        try proposal.cap(.positionShare, at: try proposal.equity.share(share), used: used)
    }

    /// What the stop would lose is at most the share of equity a trade may risk; without a stop all of it may be lost.
    private func limitRisk(_ proposal: inout Proposal) throws(Overflow) {
        let volatility = volatility(proposal.intent.instrument)
        let isVolatile =
            limits.riskPerVolatileTrade != nil && !(volatility.map { $0 <= limits.highVolatility } ?? false)
        guard let share = isVolatile ? limits.riskPerVolatileTrade : limits.riskPerTrade else { return }
        let down: Double = proposal.intent.side == .buy ? -1 : 1
        let distance = proposal.bracket?.loss(from: proposal.price.double, towards: down) ?? 1
        guard let most = Money(nearest: proposal.equity.double * share / distance) else { return }
        try proposal.cap(.riskPerTrade, at: most)
    }

    private func limitCorrelated(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        guard let share = limits.maxCorrelatedShare else { return }
        let id = proposal.intent.instrument
        var used = Money.zero
        for index in portfolio.positions.indices where !portfolio.positions[index].isFlat {
            guard movesTogether(id, InstrumentID(index)) else { continue }
            used = try used + portfolio.positions[index].marketValue.magnitude
        }
        for order in open.orders where order.isEntry && movesTogether(id, order.order.instrument) {
            used = try used + order.exposure
        }
        try proposal.cap(.correlatedShare, at: try proposal.equity.share(share), used: used)
    }

    /// Where too few days are known, instruments of one sector are taken to move together and others not.
    private func movesTogether(_ left: InstrumentID, _ right: InstrumentID) -> Bool {
        if left == right { return true }
        if let known = correlation(left, right) { return known > limits.correlationThreshold }
        guard let sector = traits[left.index].sector else { return false }
        return sector == traits[right.index].sector
    }

    /// Half the spread, where quotes were seen, and the market impact: daily volatility times the square root of the
    /// order's share of a day's turnover (the square-root law, Almgren and others 2005). What is not known counts 0.
    private func limitSlippage(_ proposal: inout Proposal) throws(Overflow) {
        guard let limit = limits.maxSlippage, proposal.intent.kind.price(last: 0).slips else { return }
        let index = proposal.intent.instrument.index
        let spread = max(0, market.today[index].halfSpread)
        guard spread <= limit else { return proposal.refuse(.slippage, limit: limit, actual: spread) }
        guard let turnover = market.meanTurnover(index), let volatility = market.dailyVolatility(index),
            volatility > 0
        else { return }
        let share = (limit - spread) / volatility
        guard let most = Money(nearest: turnover * share * share) else { return }
        try proposal.cap(.slippage, at: most)
    }

    private func limitCash(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        let available = try buyingPower(portfolio)
        let isMoney = proposal.notional.raw > 0
        let needed =
            try isMoney
            ? proposal.notional
            : OpenOrder.reservation(proposal.opening, unitCost: proposal.unitCost, lot: proposal.lot)
        guard needed > available else {
            return proposal.note(.buyingPower, limit: available.double, actual: needed.double)
        }
        let spendable = try available - OpenOrder.reservation(0, unitCost: proposal.unitCost, lot: proposal.lot)
        let units = isMoney || spendable.raw <= 0 ? 0 : try spendable.quantity(at: proposal.unitCost)
        try proposal.reduce(
            .buyingPower, to: units, or: available, limit: available.double, actual: needed.double)
    }

    /// Cash that is not reserved; what short positions brought in and as much again is their security.
    public func buyingPower(_ portfolio: Portfolio) throws(Overflow) -> Money {
        var available = try portfolio.cash - open.reserved
        guard limits.allowShort else { return available }
        for position in portfolio.positions where position.quantity.raw < 0 {
            available = try available + position.marketValue + position.marketValue
        }
        return available
    }
}
