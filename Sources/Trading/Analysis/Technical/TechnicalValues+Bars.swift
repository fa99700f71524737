import Foundation
import Indicators

extension TechnicalValues {
    /// All values at the last bar; nil for too few bars.
    init?(_ bars: BarHistory) {
        let close = bars.close
        guard let columns = bars.priceColumns, let mean20 = Series.mean(close, last: 20),
            let deviation = Series.deviation(close, last: 20), let change10 = Series.rateOfChange(close, 10),
            let change20 = Series.rateOfChange(close, 20), setConvergence(close), setMovement(columns)
        else { return nil }
        self.mean20 = mean20
        bollingerMiddle = mean20
        bollingerUpper = mean20 + 2 * deviation
        bollingerLower = mean20 - 2 * deviation
        (self.change10, self.change20) = (change10, change20)
        change1 = Series.rateOfChange(close, 1) ?? 0
        setMeans(close)
        setVolume(bars)
        highest22 = bars.high.suffix(22).max() ?? 0
        lowest22 = bars.low.suffix(22).min() ?? 0
        deviation20 = TechnicalValues.returnDeviation(close)
    }

    private mutating func setConvergence(_ close: [Double]) -> Bool {
        let columns = MACD(fast: 12, slow: 26, signal: 9).columns(over: close)
        guard let line = columns[0].last.finite, let signal = columns[1].last.finite,
            let histogram = columns[2].last.finite
        else { return false }
        (macd, macdSignal, macdHistogram) = (line, signal, histogram)
        macdCrossAge = TechnicalValues.crossAge(columns[2].filter(\.isFinite))
        return true
    }

    private mutating func setMovement(_ columns: PriceColumns) -> Bool {
        let movement = ADX(14).columns(over: columns)
        guard let range = ATR(14).values(over: columns).last.finite,
            let strength = RSI(14).values(over: columns.close).last.finite, let index = movement[0].last.finite,
            let plus = movement[1].last.finite, let minus = movement[2].last.finite
        else { return false }
        averageTrueRange = range
        // The index is 0 where nothing moves; that is no oversold market.
        rsi = range > 0 ? strength : 50
        (adx, plusMovement, minusMovement) = (index, plus, minus)
        return true
    }

    /// 0 where the last value has another sign than the one before.
    private static func crossAge(_ histogram: [Double]) -> Int? {
        for index in stride(from: histogram.count - 1, to: 0, by: -1)
        where (histogram[index] > 0) != (histogram[index - 1] > 0) {
            return histogram.count - 1 - index
        }
        return nil
    }

    private mutating func setMeans(_ close: [Double]) {
        mean50 = Series.mean(close, last: 50)
        mean200 = Series.mean(close, last: 200)
        if let now = mean50, let before = Series.mean(close, last: 50, before: close.count - 10) {
            slope50 = now / before - 1
        }
        if close.count >= 126 {
            momentum = close[close.count - 22] / close[0] - 1
            momentumBars = close.count - 22
        }
    }

    private mutating func setVolume(_ bars: BarHistory) {
        let count = bars.count
        guard count > 21, let mean = Series.mean(bars.volume, last: 20, before: count - 1) else { return }
        relativeVolume = bars.volume[count - 1].over(mean)
        var (signed, total) = (0.0, 0.0)
        for index in count - 20..<count {
            let change = bars.close[index] - bars.close[index - 1]
            signed += change > 0 ? bars.volume[index] : change < 0 ? -bars.volume[index] : 0
            total += bars.volume[index]
        }
        volumeBalance = signed.over(total)
    }

    private static func returnDeviation(_ close: [Double]) -> Double {
        let returns = zip(close.suffix(20), close.suffix(21)).map { log($0 / $1) }
        return Series.deviation(returns, last: returns.count) ?? 0
    }
}
