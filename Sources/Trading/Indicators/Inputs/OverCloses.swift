/// An indicator of single prices, fed with the closes of bars.
public struct OverCloses<Indicator: PriceIndicator>: BarIndicator {
    private var indicator: Indicator

    /// `indicator` over closes.
    public init(_ indicator: Indicator) {
        self.indicator = indicator
    }

    public var warmUp: Int { indicator.warmUp }

    public mutating func update(_ bar: PriceBar) -> Indicator.Output? {
        indicator.update(bar.close)
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        indicator.append(bars.close.span, into: &output)
    }
}
