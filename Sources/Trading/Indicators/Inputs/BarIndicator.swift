/// An incremental calculation over bars.
///
/// `update` and `append` drive the same recurrence: any mix of the two over the same bars gives the same bits.
public protocol BarIndicator: Sendable, Codable, Equatable {
    /// What one bar gives.
    associatedtype Output: IndicatorOutput

    /// How many bars it takes until there is a value: the `warmUp`-th update is the first that returns one.
    var warmUp: Int { get }

    /// Takes the next bar; nil while warming up. Allocates nothing.
    mutating func update(_ bar: PriceBar) -> Output?

    /// Takes many bars and writes column after column, NaN where `update` would return nil.
    ///
    /// `output` holds at least `Output.width * bars.count` numbers; column `c` starts at `c * bars.count`.
    mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>)
}

extension BarIndicator {
    /// The columns that `bars` give to a copy of this indicator, from its present state.
    public func columns(over bars: PriceColumns) -> [[Double]] {
        var copy = self
        var output = [Double](repeating: .nan, count: Output.width * bars.count)
        var span = output.mutableSpan
        copy.append(bars, into: &span)
        return (0..<Output.width).map { Array(output[$0 * bars.count..<($0 + 1) * bars.count]) }
    }
}

extension BarIndicator where Output == Double {
    /// The values that `bars` give to a copy of this indicator, as many as there are bars, NaN while warming up.
    public func values(over bars: PriceColumns) -> [Double] {
        var copy = self
        var output = [Double](repeating: .nan, count: bars.count)
        var span = output.mutableSpan
        copy.append(bars, into: &span)
        return output
    }
}
