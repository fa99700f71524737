public import Accounting
public import Determinism
public import TradingModel

extension RiskPolicy {
    /// Says what an intent would do to the account and what the gate would say, without approving anything.
    ///
    /// Nil for an instrument the run does not have, without a price, or where equity is not above zero.
    public func assess(
        _ intent: Intent, portfolio: Portfolio, at time: Timestamp
    ) throws(Overflow) -> RiskAssessment? {
        let id = intent.instrument
        guard traits.indices.contains(id.index), let last = portfolio[id].lastPrice, last > 0 else { return nil }
        let equity = try portfolio.equity
        guard equity > 0 else { return nil }
        var trial = self
        let verdict = try trial.judge(intent, portfolio: portfolio, at: time, step: 0, desk: 0)
        let worth = try intent.worth(at: last).double / equity.double
        let before = (try portfolio[id].marketValue + open.exposure(id)).double / equity.double
        let after = intent.side == .buy ? before + worth : before - worth
        let isExit = abs(after) <= abs(before)
        let risk = isExit ? nil : stopDistance(intent, price: last).map { $0 * worth }
        return RiskAssessment(
            intent: intent, verdict: verdict, shareBefore: before, shareAfter: after, impact: worth, stopRisk: risk,
            volatility: volatility(id), dailyTurnover: meanDailyTurnover(id),
            score: score(share: abs(after), risk: risk, volatility: isExit ? nil : volatility(id)))
    }

    private func stopDistance(_ intent: Intent, price: Price) -> Double? {
        let stop = intent.bracket?.stopLoss ?? limits.stopLoss.map(ExitLevel.distance)
        return stop?.move(from: price.double, towards: intent.side == .buy ? -1 : 1)
    }

    private func score(share: Double, risk: Double?, volatility: Double?) -> Double? {
        let uses = [
            limits.maxPositionShare.map { share / $0 }, limits.maxCorrelatedShare.map { share / $0 },
            part(risk, limits.riskPerTrade), part(volatility, limits.haltVolatility),
        ]
        return uses.compactMap { $0 }.max()
    }

    private func part(_ use: Double?, _ limit: Double?) -> Double? {
        guard let use, let limit else { return nil }
        return use / limit
    }
}

extension Intent {
    func worth(at price: Price) throws(Overflow) -> Money {
        switch size {
        case .notional(let amount): amount
        case .units(let units): try price * units
        }
    }
}
