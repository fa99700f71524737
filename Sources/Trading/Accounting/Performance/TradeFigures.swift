public import TradingModel

/// What closed round trips came to; figures that need trades are nil without them.
public struct TradeFigures: Sendable, Hashable, Codable {
    /// How many round trips are over.
    public var count = 0
    /// How many gained after fees.
    public var wins = 0
    /// How many lost after fees.
    public var losses = 0
    /// The share of all round trips that gained after fees.
    public var accuracy: Double?
    /// The share of gains among those that did not break even.
    public var winRate: Double?
    /// The mean of profit over entry value.
    public var averageReturn: Double?
    /// The mean profit in money.
    public var averageProfit: Double?
    /// Gains over losses, in money; nil without a loss.
    public var profitFactor: Double?
    /// The highest return of a round trip.
    public var best: Double?
    /// The lowest return of a round trip.
    public var worst: Double?
    /// The mean time from first entry to last exit.
    public var averageDuration: Duration?

    /// What round trips came to.
    public init(_ trips: [RoundTrip]) throws(Overflow) {
        guard !trips.isEmpty else { return }
        count = trips.count
        var (gained, lost) = (0.0, 0.0)
        for trip in trips {
            let profit = try trip.profit
            if profit > 0 { wins += 1 }
            if profit < 0 { losses += 1 }
            gained += max(0, profit.double)
            lost -= min(0, profit.double)
        }
        setRates(gained: gained, lost: lost)
        setReturns(trips)
    }

    private mutating func setRates(gained: Double, lost: Double) {
        accuracy = Double(wins) / Double(count)
        winRate = wins + losses > 0 ? Double(wins) / Double(wins + losses) : nil
        profitFactor = lost > 0 ? gained / lost : nil
        averageProfit = (gained - lost) / Double(count)
    }

    private mutating func setReturns(_ trips: [RoundTrip]) {
        let returns = trips.compactMap(\.profitShare)
        averageReturn = returns.isEmpty ? nil : returns.reduce(0, +) / Double(returns.count)
        best = returns.max()
        worst = returns.min()
        averageDuration = trips.reduce(.zero) { $0 + $1.duration } / count
    }
}
