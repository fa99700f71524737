/// One bar seen as a candle.
struct Candle {
    let open: Double
    let high: Double
    let low: Double
    let close: Double

    init(_ bars: BarColumns, _ index: Int) {
        open = bars.open[index]
        high = bars.high[index]
        low = bars.low[index]
        close = bars.close[index]
    }

    var body: Double { (close - open).magnitude }
    var range: Double { high - low }
    var top: Double { max(open, close) }
    var bottom: Double { min(open, close) }
    var middle: Double { (open + close) / 2 }
    var upperShadow: Double { high - top }
    var lowerShadow: Double { bottom - low }
    var isRising: Bool { close > open }
    var isFalling: Bool { close < open }
}
