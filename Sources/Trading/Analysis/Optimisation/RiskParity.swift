/// The long-only weights whose shares of the variance are equal, with a cap on each weight.
///
/// Cyclical coordinate descent on x'Cx / 2 - lambda times the sum of ln x (T. Griveau-Billion, J.-C. Richard,
/// T. Roncalli, A Fast Algorithm for Computing High-dimensional Risk Parity Portfolios, 2013), each coordinate held
/// under the cap; lambda is sought so that the weights add up. Capped names carry less than the others' equal share
/// (J.-C. Richard, T. Roncalli, Constrained Risk Budgeting Portfolios, 2019).
public struct RiskParity: Sendable, Hashable, Codable {
    /// The weights, in the order of the matrix.
    public let weights: [Double]
    /// What each weight under the cap contributes: its weight times its slope of the variance's half.
    public let contribution: Double
    /// Rounds over all weights.
    public let rounds: Int

    private static let precision = 1e-11
    private static let longest = 20_000

    /// Solves, or says why not.
    public init(_ covariance: SymmetricMatrix, total: Double, cap: Double) throws(OptimisationError) {
        let count = covariance.count
        guard total >= 0, cap > 0, total <= cap * Double(count) * (1 + 1e-12) else {
            throw .infeasible(total: total, count: count, cap: cap)
        }
        for place in 0..<count where !(covariance[place, place] > 0) || !covariance[place, place].isFinite {
            throw .notPositive(place: place)
        }
        guard count > 0, total > 0 else {
            (weights, contribution, rounds) = (Array(repeating: 0, count: count), 0, 0)
            return
        }
        guard total < cap * Double(count) * (1 - 1e-12) else {
            (weights, contribution, rounds) = (Array(repeating: total / Double(count), count: count), 0, 0)
            return
        }
        var descent = Descent(covariance, total: total)
        try descent.settle(lambda: 1, cap: .infinity)
        descent.scale(to: total)
        if descent.weights.contains(where: { $0 > cap }) { try descent.cap(at: cap, total: total) }
        (weights, contribution, rounds) = (descent.weights, descent.lambda, descent.rounds)
    }

    /// The state of the descent.
    private struct Descent {
        let covariance: SymmetricMatrix
        var weights: [Double]
        var slopes: [Double]
        var lambda = 1.0
        var rounds = 0

        init(_ covariance: SymmetricMatrix, total: Double) {
            self.covariance = covariance
            weights = (0..<covariance.count).map { 1 / covariance[$0, $0].squareRoot() }
            slopes = covariance.times(weights)
        }

        /// Descends for one lambda until every weight meets its condition.
        mutating func settle(lambda: Double, cap: Double) throws(OptimisationError) {
            self.lambda = lambda
            weights = weights.map { min($0, cap) }
            slopes = covariance.times(weights)
            var error = Double.infinity
            for _ in 0..<RiskParity.longest {
                rounds += 1
                error = round(cap)
                if error <= RiskParity.precision { return }
            }
            throw .notConverged(steps: rounds, gap: error)
        }

        /// The greatest change of a weight as a fraction of it.
        private mutating func round(_ cap: Double) -> Double {
            var greatest = 0.0
            for place in weights.indices {
                let own = covariance[place, place]
                let others = slopes[place] - own * weights[place]
                let root = (others * others + 4 * own * lambda).squareRoot()
                let best = others > 0 ? 2 * lambda / (others + root) : (root - others) / (2 * own)
                let change = min(cap, best) - weights[place]
                guard change != 0 else { continue }
                greatest = max(greatest, change.magnitude / weights[place])
                weights[place] += change
                for row in weights.indices { slopes[row] += change * covariance[row, place] }
            }
            return greatest
        }

        /// Weights scale with the root of lambda.
        mutating func scale(to total: Double) {
            let factor = total / weights.reduce(0, +)
            weights = weights.map { $0 * factor }
            lambda *= factor * factor
        }

        /// Finds the lambda whose capped weights add up: their sum rises with it.
        mutating func cap(at cap: Double, total: Double) throws(OptimisationError) {
            var (low, high) = (lambda, lambda)
            repeat {
                low = high
                high *= 2
                try settle(lambda: high, cap: cap)
            } while weights.reduce(0, +) < total && high < 1e12 * low
            for _ in 0..<60 where high / low - 1 > 1e-13 {
                let middle = (low * high).squareRoot()
                try settle(lambda: middle, cap: cap)
                if weights.reduce(0, +) < total { low = middle } else { high = middle }
            }
            try settle(lambda: high, cap: cap)
            guard (weights.reduce(0, +) - total).magnitude <= 1e-8 * total else {
                throw .notConverged(steps: rounds, gap: (weights.reduce(0, +) - total).magnitude)
            }
        }
    }
}
