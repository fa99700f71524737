/// A volatility that wanders around its mean and rises when prices fall.
///
/// The log variance is a mean-reverting process of first order with leverage (Taylor 1986; Harvey and Shephard 1996).
struct StochasticVolatility: Sendable {
    private static let persistence = 0.975
    private static let innovation = 0.19
    private static let leverage = -0.7
    private static let variance = innovation * innovation / (1 - persistence * persistence)

    private var logVariance = 0.0

    /// Today's deviation over its long-run root mean square.
    var scale: Double {
        Elementary.exp(logVariance / 2 - StochasticVolatility.variance / 4)
    }

    /// Moves on a day: `shock` is the day's return in deviations, `noise` a normal number of its own.
    mutating func step(shock: Double, noise: Double) {
        let leverage = StochasticVolatility.leverage
        let mixed = leverage * shock + (1 - leverage * leverage).squareRoot() * noise
        let next = StochasticVolatility.persistence * logVariance + StochasticVolatility.innovation * mixed
        logVariance = min(max(next, -3), 3)
    }
}
