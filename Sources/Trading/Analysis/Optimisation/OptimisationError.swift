/// Why there is no optimum.
public enum OptimisationError: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The account is worth nothing, so weights mean nothing.
    case noEquity
    /// A variance is zero or below, or not a number.
    case notPositive(place: Int)
    /// The shares cannot add up to what is asked within their caps.
    case infeasible(total: Double, count: Int, cap: Double)
    /// The steps allowed did not reach the precision asked for.
    case notConverged(steps: Int, gap: Double)

    public var description: String {
        switch self {
        case .noEquity: "the account's equity is not above zero; nothing can be weighted"
        case .notPositive(let place):
            "variance \(place) of the covariance matrix is not above zero; leave that instrument out"
        case .infeasible(let total, let count, let cap):
            "\(count) weights of at most \(cap) cannot add up to \(total); raise the cap or invest less"
        case .notConverged(let steps, let gap):
            "no optimum after \(steps) steps (relative gap \(gap)); use more history or fewer instruments"
        }
    }
}
