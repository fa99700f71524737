import Determinism
public import TradingModel

/// Makes bars out of single trades.
public enum TradeBars {
    /// Bars that begin at whole multiples of the length since 1970 UTC; stretches without trades have no bar.
    ///
    /// Trades must ascend by time. Bars of a day are UTC days.
    public static func bars(_ trades: some Sequence<TradeTick>, length: BarLength) -> BarColumns {
        let step = Int64(length.seconds) * 1_000_000_000
        var bars = BarColumns()
        for trade in trades {
            let time = trade.time.nanoseconds
            let start = time - (time % step + step) % step
            let price = trade.price.raw
            if bars.start.last == start {
                let last = bars.count - 1
                bars.high[last] = max(bars.high[last], price)
                bars.low[last] = min(bars.low[last], price)
                bars.close[last] = price
                bars.volume[last] += trade.quantity.double
            } else {
                bars.start.append(start)
                bars.end.append(start + step)
                bars.open.append(price)
                bars.high.append(price)
                bars.low.append(price)
                bars.close.append(price)
                bars.volume.append(trade.quantity.double)
            }
        }
        return bars
    }
}
