/// What the desk aims at, to be shown beside what was achieved: aims, never claims.
public struct Targets: Sendable, Hashable, Codable {
    /// The share of signals that should gain: more than this.
    public var accuracy = 0.60
    /// The yearly return that should be reached, at least.
    public var annualReturn = 0.15
    /// The yearly return beyond which more risk is taken than intended.
    public var highestAnnualReturn = 0.25
    /// The drawdown that should not be reached.
    public var maxDrawdown = 0.15
    /// The Sharpe ratio that should be exceeded.
    public var sharpe = 1.5

    /// Accuracy above 60 %, 15 to 25 % a year, drawdown below 15 %, Sharpe above 1.5.
    public init() {}

    /// A target beside what was achieved.
    public struct Line: Sendable, Hashable, Codable {
        /// Which figure.
        public let name: String
        /// The target in words.
        public let target: String
        /// What was achieved; nil where it is not known.
        public let actual: Double?
        /// Whether the target was met; nil where it is not known.
        public let isMet: Bool?
    }

    /// Each target beside the actual figure; a yearly return above the range counts as met.
    public func compared(with figures: PerformanceFigures) -> [Line] {
        let drawdown = figures.totalReturn == nil ? nil : figures.maxDrawdown?.depth ?? 0
        return [
            line("accuracy", "above \(accuracy)", figures.trades.accuracy) { $0 > accuracy },
            line("annual return", "\(annualReturn) to \(highestAnnualReturn)", figures.annualReturn) {
                $0 >= annualReturn
            },
            line("maximum drawdown", "below \(maxDrawdown)", drawdown) { $0 < maxDrawdown },
            line("Sharpe ratio", "above \(sharpe)", figures.returns.sharpe) { $0 > sharpe },
        ]
    }

    private func line(_ name: String, _ target: String, _ actual: Double?, isMet: (Double) -> Bool) -> Line {
        Line(name: name, target: target, actual: actual, isMet: actual.map(isMet))
    }
}
