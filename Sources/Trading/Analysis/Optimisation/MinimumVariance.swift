/// The long-only weights of least variance with a cap on each.
///
/// Minimises w'Cw / 2 over 0 <= w <= cap with a given sum: pairs of weights exchange along the direction of greatest
/// decrease (the second-order working set of R.-E. Fan, P.-H. Chen and C.-J. Lin, 2005), and now and then the weights
/// strictly inside their bounds are solved for at once. It stops where the duality gap, an upper bound of the distance
/// to the optimum, is under 10^-9 of the variance.
public struct MinimumVariance: Sendable, Hashable, Codable {
    /// The weights, in the order of the matrix.
    public let weights: [Double]
    /// Exchanges made.
    public let steps: Int
    /// By how much the variance is at most above the optimum, as a fraction.
    public let gap: Double

    private static let precision = 1e-9

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
            (weights, steps, gap) = (Array(repeating: 0, count: count), 0, 0)
            return
        }
        var search = Search(covariance, total: total, cap: cap)
        for _ in 0..<60 where search.relativeGap > MinimumVariance.precision {
            search.exchange(atMost: 10 * count + 50)
            if search.relativeGap > MinimumVariance.precision { search.solveInside() }
        }
        guard search.relativeGap <= MinimumVariance.precision else {
            throw .notConverged(steps: search.steps, gap: search.relativeGap)
        }
        (weights, steps, gap) = (search.weights, search.steps, max(0, search.relativeGap))
    }
}

/// The state of the search.
private struct Search {
    let covariance: SymmetricMatrix
    let cap: Double
    let total: Double
    var weights: [Double]
    var gradient: [Double]
    var steps = 0

    init(_ covariance: SymmetricMatrix, total: Double, cap: Double) {
        self.covariance = covariance
        self.cap = cap
        self.total = total
        weights = Array(repeating: total / Double(covariance.count), count: covariance.count)
        gradient = covariance.times(weights)
    }

    /// The gradient's gain by moving everything to where it is least, over the variance.
    var relativeGap: Double {
        var left = total
        var least = 0.0
        for slope in gradient.sorted() {
            let share = min(cap, left)
            least += share * slope
            left -= share
            if left <= 0 { break }
        }
        let variance = ReturnTable.product(gradient, weights)
        return (2 * (variance - least)).over(variance) ?? 0
    }

    mutating func exchange(atMost limit: Int) {
        for _ in 0..<limit {
            guard let (up, down) = pair() else { break }
            let curvature = covariance[up, up] + covariance[down, down] - 2 * covariance[up, down]
            let room = min(cap - weights[up], weights[down])
            let step = min(room, (gradient[down] - gradient[up]).over(curvature) ?? room)
            weights[up] += step
            weights[down] -= step
            for place in weights.indices {
                gradient[place] += step * (covariance[place, up] - covariance[place, down])
            }
            steps += 1
        }
        gradient = covariance.times(weights)
    }

    /// The weight that should grow most and the one whose exchange with it gains most; nil at the optimum.
    private func pair() -> (up: Int, down: Int)? {
        var up: Int?
        for place in weights.indices where weights[place] < cap {
            if up.map({ gradient[place] < gradient[$0] }) ?? true { up = place }
        }
        guard let up else { return nil }
        var best: (place: Int, gain: Double)?
        for place in weights.indices where weights[place] > 0 && place != up {
            let slope = gradient[place] - gradient[up]
            let curvature = max(1e-300, covariance[up, up] + covariance[place, place] - 2 * covariance[up, place])
            guard slope > 1e-15 * gradient[place].magnitude else { continue }
            let gain = slope * slope / curvature
            if gain > best?.gain ?? 0 { best = (place, gain) }
        }
        return best.map { (up, $0.place) }
    }

    /// Goes from the present weights towards the optimum of those inside their bounds, as far as bounds allow.
    mutating func solveInside() {
        for _ in weights.indices {
            let inside = weights.indices.filter { weights[$0] > 0 && weights[$0] < cap }
            guard inside.count > 1, let aim = optimum(inside) else { return }
            var part = 1.0
            for (place, value) in zip(inside, aim) {
                if value < 0 { part = min(part, weights[place] / (weights[place] - value)) }
                if value > cap { part = min(part, (cap - weights[place]) / (value - weights[place])) }
            }
            for (place, value) in zip(inside, aim) {
                let moved = weights[place] + part * (value - weights[place])
                weights[place] = moved < 1e-14 * total ? 0 : moved > cap * (1 - 1e-14) ? cap : moved
            }
            gradient = covariance.times(weights)
            if part == 1 { return }
        }
    }

    private func optimum(_ inside: [Int]) -> [Double]? {
        var (fixed, budget) = (weights, total)
        for place in inside { fixed[place] = 0 }
        for weight in fixed { budget -= weight }
        let pull = covariance.times(fixed)
        guard let ones = covariance.solve(inside, inside.map { _ in 1 }),
            let pulls = covariance.solve(inside, inside.map { pull[$0] })
        else { return nil }
        let sum = ones.reduce(0, +)
        guard sum > 0 else { return nil }
        let level = (budget + pulls.reduce(0, +)) / sum
        return zip(ones, pulls).map { level * $0 - $1 }
    }
}
