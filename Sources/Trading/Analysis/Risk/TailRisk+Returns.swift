import Foundation

extension RiskReading.TailRisk {
    /// Losses of one bar from log returns, of which there must be some.
    init(_ returns: [Double]) {
        let sorted = returns.map { 1 - exp($0) }.sorted(by: >)
        let mean = returns.reduce(0, +) / Double(max(1, returns.count))
        let deviation = Self.deviation(returns, mean)
        historical95 = Self.quantile(sorted, 0.05)
        historical99 = Self.quantile(sorted, 0.01)
        historicalShortfall95 = Self.meanOfWorst(sorted, 0.05)
        historicalShortfall99 = Self.meanOfWorst(sorted, 0.01)
        // Quantiles and mean excesses of the standard normal distribution at 95 % and 99 %.
        parametric95 = 1 - exp(mean - 1.6448536269514722 * deviation)
        parametric99 = 1 - exp(mean - 2.3263478740408408 * deviation)
        parametricShortfall95 = 1 - exp(mean - 2.0627128075074266 * deviation)
        parametricShortfall99 = 1 - exp(mean - 2.6652142203457824 * deviation)
    }

    /// The sample standard deviation.
    static func deviation(_ values: [Double], _ mean: Double) -> Double {
        guard values.count > 1 else { return 0 }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }

    /// Between the two losses around the place, worst first (R. Hyndman and Y. Fan's type 7).
    private static func quantile(_ losses: [Double], _ part: Double) -> Double {
        guard !losses.isEmpty else { return 0 }
        let place = part * Double(losses.count - 1)
        let index = Int(place)
        guard index + 1 < losses.count else { return losses[index] }
        return losses[index] + (place - Double(index)) * (losses[index + 1] - losses[index])
    }

    private static func meanOfWorst(_ losses: [Double], _ part: Double) -> Double {
        let count = max(1, Int((part * Double(losses.count)).rounded(.up)))
        return losses.prefix(count).reduce(0, +) / Double(max(1, min(count, losses.count)))
    }
}
