public import Accounting
import TradingModel

/// The portfolio node: how much of each holding and BUY there should be, long only.
public struct PortfolioOptimisation: Sendable, Hashable, Codable {
    /// What is optimised.
    public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        /// The least variance.
        case minimumVariance = "minimum_variance"
        /// Equal shares of the variance.
        case riskParity = "risk_parity"
    }

    /// What is optimised.
    public var method = Method.riskParity
    /// The share of equity that may be invested.
    public var invested = 0.9
    /// The greatest share of equity in one name.
    public var cap = 0.1
    /// Returns that an instrument must have with the others.
    public var minimumReturns = 60

    /// The node with the desk's settings.
    public init() {}

    /// Weighs what is held and not to be sold together with what is to be bought.
    ///
    /// A name with too short a history or a price that does not move is excluded; with nothing to weigh the target
    /// is what is held, less what is sold.
    public func optimise(
        _ window: MarketWindow, _ signals: SignalSet, _ portfolio: Portfolio
    ) throws(OptimisationError) -> PortfolioTarget {
        guard let equity = (try? portfolio.equity)?.double, equity > 0 else { throw .noEquity }
        let holdings = Holdings(portfolio, equity, signals)
        let (table, returns, excluded) = weighable(window, holdings.candidates)
        let kept = excluded.reduce(0) { $0 + holdings.current($1.instrument).clampedToZero }
        let total = min((invested - kept).clampedToZero, cap * Double(table.count))
        guard let covariance = ShrunkCovariance(returns), !table.isEmpty else {
            return Assembly(self, holdings, excluded, table, [], nil, 0).target
        }
        let weights = try solve(covariance.matrix, total)
        let year = table.map(window.barsPerYear).max() ?? 252
        return Assembly(self, holdings, excluded, table, weights, covariance, year).target
    }

    private func solve(_ matrix: SymmetricMatrix, _ total: Double) throws(OptimisationError) -> [Double] {
        switch method {
        case .minimumVariance: try MinimumVariance(matrix, total: total, cap: cap).weights
        case .riskParity: try RiskParity(matrix, total: total, cap: cap).weights
        }
    }

    /// Of the candidates those with returns enough in common, the shortest histories left out first.
    private func weighable(
        _ window: MarketWindow, _ candidates: [InstrumentID]
    ) -> ([InstrumentID], [[Double]], [PortfolioTarget.Exclusion]) {
        var excluded: [PortfolioTarget.Exclusion] = []
        var ids = candidates.filter { id in
            let bars = window.bars(id)
            let reason = PortfolioOptimisation.fault(bars, minimumReturns)
            if let reason { excluded.append(PortfolioTarget.Exclusion(instrument: id, reason: reason)) }
            return reason == nil
        }
        while !ids.isEmpty {
            let returns = ReturnTable(window, ids).joint()
            if (returns.first?.count ?? 0) >= minimumReturns, returns.allSatisfy(PortfolioOptimisation.moves) {
                return (ids, returns, excluded.sorted { $0.instrument < $1.instrument })
            }
            let shortest = ids.min { (window.bars($0).count, $0) < (window.bars($1).count, $1) }
            ids.removeAll { $0 == shortest }
            if let shortest {
                excluded.append(.init(instrument: shortest, reason: "its bars do not match the others' times"))
            }
        }
        return ([], [], excluded.sorted { $0.instrument < $1.instrument })
    }

    private static func fault(_ bars: BarHistory, _ needed: Int) -> String? {
        if bars.count <= needed { return "\(max(0, bars.count - 1)) returns of \(needed) needed" }
        return moves(bars.close) ? nil : "its price does not move"
    }

    private static func moves(_ values: [Double]) -> Bool {
        guard let first = values.first else { return false }
        return values.contains { $0 != first }
    }
}
