import Accounting
import TradingModel

/// What is held, as shares of equity, and what may be weighed.
struct Holdings {
    /// Held and not sold, or to be bought; ascending.
    let candidates: [InstrumentID]
    /// Everything that has or had a weight; ascending.
    let all: [InstrumentID]
    private let portfolio: Portfolio
    private let equity: Double

    init(_ portfolio: Portfolio, _ equity: Double, _ signals: SignalSet) {
        self.portfolio = portfolio
        self.equity = equity
        let held = portfolio.held
        let keeps = held.filter { portfolio[$0].quantity > 0 && signals[$0]?.signal.action != .sell }
        let wanted = signals.signals.filter { $0.action == .buy }.map(\.instrument)
            .filter { portfolio.positions.indices.contains($0.index) && portfolio[$0].quantity >= 0 }
        candidates = (keeps + wanted).canonical
        all = (held + wanted).canonical
    }

    func current(_ id: InstrumentID) -> Double {
        portfolio.positions.indices.contains(id.index) ? portfolio[id].marketValue.double / equity : 0
    }
}

/// Puts the result together.
struct Assembly {
    private let method: PortfolioOptimisation.Method
    private let holdings: Holdings
    private let excluded: [PortfolioTarget.Exclusion]
    private let ids: [InstrumentID]
    private let weights: [Double]
    private let covariance: ShrunkCovariance?
    private let year: Double

    init(
        _ node: PortfolioOptimisation, _ holdings: Holdings, _ excluded: [PortfolioTarget.Exclusion],
        _ ids: [InstrumentID], _ weights: [Double], _ covariance: ShrunkCovariance?, _ year: Double
    ) {
        method = node.method
        self.holdings = holdings
        self.excluded = excluded
        self.ids = ids
        self.weights = weights
        self.covariance = covariance
        self.year = year
    }

    var target: PortfolioTarget {
        let entries = entries
        let current = ids.map(holdings.current)
        let holds = current.contains { $0 != 0 }
        return PortfolioTarget(
            method: method, weights: entries, excluded: excluded,
            cash: 1 - entries.reduce(0) { $0 + $1.target }, expectedVolatility: volatility(weights),
            currentVolatility: holds ? volatility(current) : nil,
            turnover: entries.reduce(0) { $0 + ($1.target - $1.current).magnitude } / 2,
            shrinkage: covariance?.intensity, observations: covariance?.observations ?? 0)
    }

    private var entries: [PortfolioTarget.TargetWeight] {
        let slopes = covariance?.matrix.times(weights) ?? []
        let variance = ReturnTable.product(slopes, weights)
        return holdings.all.map { id in
            let current = holdings.current(id)
            if let place = ids.firstIndex(of: id), place < weights.count {
                return .init(
                    instrument: id, current: current, target: weights[place],
                    riskContribution: (weights[place] * slopes[place]).over(variance))
            }
            let stays = excluded.contains { $0.instrument == id } && current > 0
            return .init(instrument: id, current: current, target: stays ? current : 0, riskContribution: nil)
        }
    }

    private func volatility(_ weights: [Double]) -> Double {
        guard let covariance, weights.count == covariance.matrix.count else { return 0 }
        return (covariance.matrix.form(weights) * year).clampedToZero.squareRoot()
    }
}
