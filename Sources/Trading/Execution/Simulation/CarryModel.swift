public import TradingModel

/// What holding positions costs on the simulated exchange.
public struct CarryModel: Sendable, Hashable, Codable {
    /// The yearly rate on shares sold short.
    ///
    /// Charged when a trading day starts, on the last price, for each calendar day since the trading day before; a year
    /// has 360 days (actual/360, as US brokers count it).
    public var borrowRate: Rate
    /// The rate of one funding time on crypto positions: above zero long positions pay it and short ones receive it.
    public var fundingRate: Rate
    /// The time between two funding times in nanoseconds, counted from the epoch, at least a second.
    ///
    /// Charged with the first bar that ends at a funding time or after it, on what is held then at that bar's close.
    public var fundingInterval: Int64

    /// A model; venues of perpetual contracts fund every eight hours.
    public init(borrowRate: Rate = 0, fundingRate: Rate = 0, fundingInterval: Duration = .seconds(28_800)) {
        self.borrowRate = borrowRate
        self.fundingRate = fundingRate
        self.fundingInterval = max(1, fundingInterval.components.seconds) * 1_000_000_000
    }

    /// How many funding times lie after one moment and not after another, in nanoseconds since the epoch.
    func fundingTimes(after first: Int64, through last: Int64) -> Int {
        guard last > first else { return 0 }
        return Int(CarryModel.floor(last, fundingInterval) - CarryModel.floor(first, fundingInterval))
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: max(1, divisor))
        return remainder < 0 ? quotient - 1 : quotient
    }
}
