/// Moments of samples.
enum Statistics {
    static func mean(_ sample: [Double]) -> Double {
        sample.reduce(0, +) / Double(sample.count)
    }

    static func excessKurtosis(_ sample: [Double]) -> Double {
        let mean = mean(sample)
        let squares = sample.map { ($0 - mean) * ($0 - mean) }
        let variance = Self.mean(squares)
        return Self.mean(squares.map { $0 * $0 }) / (variance * variance) - 3
    }

    static func correlation(_ left: some Collection<Double>, _ right: some Collection<Double>) -> Double {
        let (left, right) = (Array(left), Array(right))
        let (leftMean, rightMean) = (mean(left), mean(right))
        let products = zip(left, right).map { ($0 - leftMean) * ($1 - rightMean) }
        let (leftSquares, rightSquares) = (
            left.map { ($0 - leftMean) * ($0 - leftMean) }, right.map { ($0 - rightMean) * ($0 - rightMean) }
        )
        return mean(products) / (mean(leftSquares) * mean(rightSquares)).squareRoot()
    }

    static func autocorrelation(_ sample: [Double], lag: Int) -> Double {
        correlation(sample.dropLast(lag), sample.dropFirst(lag))
    }
}
