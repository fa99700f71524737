/// Figures of a series of periodic returns; each is nil where the returns do not determine it.
public struct ReturnFigures: Sendable, Hashable, Codable {
    /// How many returns.
    public var count: Int
    /// The sample standard deviation, per year: of one period times the root of the periods per year.
    public var volatility: Double?
    /// The mean excess return over its sample standard deviation, per year.
    ///
    /// W. F. Sharpe 1994, annualised by the root of the periods per year as in E. Chan, Quantitative Trading, 2009.
    public var sharpe: Double?
    /// The mean excess over the target, over the root of the mean squared shortfall of all periods, per year.
    ///
    /// F. A. Sortino and L. N. Price 1994. Nil where no period fell short.
    public var sortino: Double?
    /// The loss that 5 % of periods exceed: the 5th percentile of returns, interpolated, as a positive number.
    public var valueAtRisk: Double?
    /// The mean loss of the worst 5 % of periods, as a positive number.
    public var expectedShortfall: Double?

    /// Figures of returns; the annual rates are spread evenly over the periods.
    public init(_ returns: [Double], _ basis: PerformanceBasis) {
        count = returns.count
        guard returns.count >= 2, returns.allSatisfy(\.isFinite) else { return }
        let year = basis.periodsPerYear
        let deviation = ReturnFigures.deviation(returns)
        volatility = deviation * year.squareRoot()
        if deviation > 1e-15 {
            sharpe = (ReturnFigures.mean(returns) - basis.riskFreeRate / year) / deviation * year.squareRoot()
        }
        setSortino(returns, target: basis.targetReturn / year, year: year)
        setTail(returns.sorted())
    }

    private mutating func setSortino(_ returns: [Double], target: Double, year: Double) {
        let shortfalls = returns.map { min(0, $0 - target) }
        let downside = ReturnFigures.mean(shortfalls.map { $0 * $0 }).squareRoot()
        guard downside > 1e-15 else { return }
        sortino = (ReturnFigures.mean(returns) - target) / downside * year.squareRoot()
    }

    private mutating func setTail(_ sorted: [Double]) {
        let place = 0.05 * Double(sorted.count - 1)
        let index = Int(place)
        let next = min(index + 1, sorted.count - 1)
        valueAtRisk = -(sorted[index] + (sorted[next] - sorted[index]) * (place - Double(index)))
        expectedShortfall = -ReturnFigures.mean(Array(sorted[...index]))
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    private static func deviation(_ values: [Double]) -> Double {
        let mean = mean(values)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }
}

/// What annual figures are measured by.
public struct PerformanceBasis: Sendable, Hashable, Codable {
    /// What money earns without risk in a year.
    public var riskFreeRate = 0.0
    /// The yearly return below which a period falls short, for the Sortino ratio.
    public var targetReturn = 0.0
    /// How many returns make a year: 252 for sessions, 365 for markets that never close.
    public var periodsPerYear = 252.0

    /// No risk-free rate and 252 periods a year, unless said otherwise.
    public init(riskFreeRate: Double = 0, targetReturn: Double = 0, periodsPerYear: Double = 252) {
        self.riskFreeRate = riskFreeRate
        self.targetReturn = targetReturn
        self.periodsPerYear = periodsPerYear
    }
}
