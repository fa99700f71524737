import Accounting
import Determinism
import TradingModel

extension RiskPolicy {
    /// The rules that say yes or no to an entry, whatever its size.
    func admit(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        checkState(&proposal)
        if proposal.isEntry { checkRate(&proposal) }
        if proposal.isEntry { try findPrice(&proposal, portfolio) }
        if proposal.isEntry { checkAge(&proposal) }
        if proposal.isEntry { checkCooldown(&proposal) }
        if proposal.isEntry { checkDayMove(&proposal, portfolio) }
        if proposal.isEntry { checkVolatility(&proposal) }
        if proposal.isEntry { checkLiquidity(&proposal) }
        if proposal.isEntry { checkBracket(&proposal) }
    }

    private func checkState(_ proposal: inout Proposal) {
        switch state {
        case .active: break
        case .reduceOnly: proposal.refuse(.reduceOnly)
        case .halted: proposal.refuse(.halted)
        }
    }

    private func checkRate(_ proposal: inout Proposal) {
        guard let limit = limits.maxOrdersPerMinute else { return }
        guard limit == 0 || recent.isExhausted(at: proposal.now) else {
            let count = proposal.checks == nil ? 0 : recent.count(at: proposal.now)
            return proposal.note(.orderRate, limit: Double(limit), actual: Double(count + 1))
        }
        proposal.refuse(.orderRate, limit: Double(limit), actual: Double(limit + 1))
    }

    /// Finds what a unit is expected to cost and what it may cost at most.
    private func findPrice(_ proposal: inout Proposal, _ portfolio: Portfolio) throws(Overflow) {
        guard let last = portfolio[proposal.intent.instrument].lastPrice, last > 0 else {
            return proposal.refuse(.priceMissing)
        }
        let (asked, slips) = proposal.intent.kind.price(last: last)
        let slippage = slips ? limits.maxSlippage ?? 0 : 0
        proposal.price = asked
        proposal.unitCost = try asked.raised(by: slippage).raised(by: limits.feeAllowance)
        proposal.equity = try portfolio.equity
        checkDistance(&proposal, asked, from: last)
        if case .stopLimit(let stop, _) = proposal.intent.kind, proposal.isEntry {
            checkDistance(&proposal, stop, from: last)
        }
    }

    private func checkDistance(_ proposal: inout Proposal, _ price: Price, from reference: Price) {
        guard let limit = limits.maxPriceDistance else { return }
        let distance = abs(price.double / reference.double - 1)
        guard distance <= limit else { return proposal.refuse(.priceDistance, limit: limit, actual: distance) }
        proposal.note(.priceDistance, limit: limit, actual: distance)
    }

    private func checkAge(_ proposal: inout Proposal) {
        guard let limit = limits.maxPriceAge else { return }
        let seen = market.today[proposal.intent.instrument.index].time
        guard seen != .min else { return proposal.refuse(.priceMissing) }
        let age = proposal.now - Timestamp(nanoseconds: seen)
        guard age > limit else {
            return proposal.note(.priceAge, limit: limit.inSeconds, actual: age.inSeconds)
        }
        proposal.refuse(.priceAge, limit: limit.inSeconds, actual: age.inSeconds)
    }

    private func checkCooldown(_ proposal: inout Proposal) {
        let stopped = stoppedOut[proposal.intent.instrument.index]
        guard let limit = limits.cooldownAfterStop, stopped != .min else { return }
        let passed = proposal.now - Timestamp(nanoseconds: stopped)
        guard passed < limit else {
            return proposal.note(.cooldown, limit: limit.inSeconds, actual: passed.inSeconds)
        }
        proposal.refuse(.cooldown, limit: limit.inSeconds, actual: passed.inSeconds)
    }

    /// A last price far from the close of the day before is taken for an error until a person has looked.
    private func checkDayMove(_ proposal: inout Proposal, _ portfolio: Portfolio) {
        guard limits.maxPriceDistance != nil, let last = portfolio[proposal.intent.instrument].lastPrice,
            let before = market.day(proposal.intent.instrument.index, back: 1)
        else { return }
        checkDistance(&proposal, last, from: Price(raw: before.close))
    }

    /// A volatility that is not known yet halts nothing.
    private func checkVolatility(_ proposal: inout Proposal) {
        guard let limit = limits.haltVolatility else { return }
        let actual = volatility(proposal.intent.instrument)
        guard let actual, actual > limit else { return proposal.note(.volatility, limit: limit, actual: actual) }
        proposal.refuse(.volatility, limit: limit, actual: actual)
    }

    private func checkLiquidity(_ proposal: inout Proposal) {
        guard let limit = limits.minDailyTurnover else { return }
        let actual = market.meanTurnover(proposal.intent.instrument.index)
        if let actual, actual >= limit { return proposal.note(.liquidity, limit: limit, actual: actual) }
        proposal.refuse(.liquidity, limit: limit, actual: actual)
    }

    /// Adds the exits that are missing, and refuses those on the wrong side.
    private func checkBracket(_ proposal: inout Proposal) {
        let stop = proposal.bracket?.stopLoss ?? limits.stopLoss.map(ExitLevel.distance)
        let target = proposal.bracket?.takeProfit ?? limits.takeProfit.map(ExitLevel.distance)
        let trail = proposal.bracket?.trail ?? limits.trailingStop.map(Trail.fraction)
        guard stop != nil || target != nil || trail != nil else { return }
        proposal.bracket = Bracket(stopLoss: stop, takeProfit: target, trail: trail)
        let gain: Double = proposal.intent.side == .buy ? 1 : -1
        let price = proposal.price.double
        let loss = stop?.move(from: price, towards: -gain) ?? 0.5
        let profit = target?.move(from: price, towards: gain) ?? 0.5
        let fallsToZero = proposal.intent.side == .buy ? loss >= 1 : profit >= 1
        if !(loss > 0) || !(profit > 0) || fallsToZero || trail?.isUsable == false { proposal.refuse(.bracket) }
    }
}

extension OrderKind {
    /// True where every price it names is above zero.
    var isPositive: Bool {
        switch self {
        case .market: true
        case .limit(let price), .stop(let price): price > 0
        case .stopLimit(let stop, let limit): stop > 0 && limit > 0
        case .trailingStop(let stop, let trail): trail.isUsable && stop ?? 1 > 0
        }
    }

    /// The price an order is expected to trade at, and whether it may slip from there.
    func price(last: Price) -> (price: Price, slips: Bool) {
        switch self {
        case .market: (last, true)
        case .limit(let limit): (limit, false)
        case .stop(let stop): (stop, true)
        case .stopLimit(_, let limit): (limit, false)
        case .trailingStop(let stop?, _): (stop, true)
        case .trailingStop(nil, let trail): ((try? last.moved(by: trail.share(of: last.double))) ?? last, true)
        }
    }
}

extension ExitLevel {
    /// How far the level is from an entry, as a fraction; positive in the direction of `towards`, 1 up and -1 down.
    func move(from entry: Double, towards direction: Double) -> Double {
        switch self {
        case .distance(let distance): distance
        case .price(let price): (price.double / entry - 1) * direction
        }
    }
}

extension Bracket {
    /// What its stop may lose of an entry, as a fraction; nil where it has none.
    func loss(from entry: Double, towards direction: Double) -> Double? {
        let distances = [stopLoss?.move(from: entry, towards: direction), trail?.share(of: entry)]
        return distances.compactMap { $0 }.min()
    }
}

extension Duration {
    var inSeconds: Double { self / .seconds(1) }
}

extension Price {
    /// The price and a share of it on top, rounded up.
    func raised(by share: Double) throws(Overflow) -> Price {
        guard share > 0 else { return self }
        let part = try Money(raw: raw).share(share)
        return try self + Price(raw: part.raw) + Price(raw: 1)
    }
}
