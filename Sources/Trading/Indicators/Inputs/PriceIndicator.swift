/// An incremental calculation over single prices, usually closes.
///
/// `update` and `append` drive the same recurrence: any mix of the two over the same prices gives the same bits.
public protocol PriceIndicator: Sendable, Codable, Equatable {
    /// What one price gives.
    associatedtype Output: IndicatorOutput

    /// How many prices it takes until there is a value: the `warmUp`-th update is the first that returns one.
    var warmUp: Int { get }

    /// Takes the next price; nil while warming up. Allocates nothing.
    mutating func update(_ price: Double) -> Output?

    /// Takes many prices and writes column after column, NaN where `update` would return nil.
    ///
    /// `output` holds at least `Output.width * prices.count` numbers; column `c` starts at `c * prices.count`.
    mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>)
}

extension PriceIndicator {
    /// The columns that `prices` give to a copy of this indicator, from its present state.
    public func columns(over prices: [Double]) -> [[Double]] {
        var copy = self
        var output = [Double](repeating: .nan, count: Output.width * prices.count)
        var span = output.mutableSpan
        copy.append(prices.span, into: &span)
        return (0..<Output.width).map { Array(output[$0 * prices.count..<($0 + 1) * prices.count]) }
    }
}

extension PriceIndicator where Output == Double {
    /// The values that `prices` give to a copy of this indicator, as many as there are prices, NaN while warming up.
    public func values(over prices: [Double]) -> [Double] {
        var copy = self
        var output = [Double](repeating: .nan, count: prices.count)
        var span = output.mutableSpan
        copy.append(prices.span, into: &span)
        return output
    }
}
