/// Batch calculations over a column, oldest first; each answers nil or nothing where the column is too short.
enum Series {
    /// The mean of the `count` values that end before `end`.
    static func mean(_ values: [Double], last count: Int, before end: Int? = nil) -> Double? {
        let end = end ?? values.count
        guard count > 0, end >= count, end <= values.count else { return nil }
        var sum = 0.0
        for index in end - count..<end { sum += values[index] }
        return sum / Double(count)
    }

    /// The exponential moving average with weight 2 / (count + 1), begun with the mean of the first `count` values.
    ///
    /// The first result belongs to `values[count - 1]`.
    static func exponentialMean(_ values: [Double], _ count: Int) -> [Double] {
        guard let first = mean(values, last: count, before: count) else { return [] }
        let weight = 2 / Double(count + 1)
        var result = [Double]()
        result.reserveCapacity(values.count - count + 1)
        var average = first
        result.append(average)
        for index in count..<values.count {
            average += weight * (values[index] - average)
            result.append(average)
        }
        return result
    }

    /// J. W. Wilder's relative strength index, 0...100, one value from `close[count]` on; 50 where nothing moved.
    static func relativeStrength(_ close: [Double], _ count: Int) -> [Double] {
        guard close.count > count, count > 0 else { return [] }
        var (gain, loss) = (0.0, 0.0)
        var result = [Double]()
        result.reserveCapacity(close.count - count)
        for index in 1..<close.count {
            let change = close[index] - close[index - 1]
            let weight = 1 / Double(min(index, count))
            gain += weight * (max(change, 0) - gain)
            loss += weight * (max(-change, 0) - loss)
            if index >= count { result.append(gain + loss > 0 ? 100 * gain / (gain + loss) : 50) }
        }
        return result
    }

    /// The moving-average convergence/divergence histogram and line, aligned at the end.
    static func convergence(
        _ close: [Double], fast: Int, slow: Int, signal: Int
    ) -> (line: [Double], signal: [Double], histogram: [Double]) {
        let quick = exponentialMean(close, fast).suffix(max(0, close.count - slow + 1))
        let slowly = exponentialMean(close, slow)
        let line = zip(quick, slowly).map { $0 - $1 }
        let smoothed = exponentialMean(line, signal)
        let recent = Array(line.suffix(smoothed.count))
        return (recent, smoothed, zip(recent, smoothed).map { $0 - $1 })
    }

    /// The population standard deviation of the last `count` values.
    static func deviation(_ values: [Double], last count: Int) -> Double? {
        guard let mean = mean(values, last: count) else { return nil }
        var sum = 0.0
        for value in values.suffix(count) { sum += (value - mean) * (value - mean) }
        return (sum / Double(count)).squareRoot()
    }

    /// Wilder's average true range at the last bar.
    static func averageTrueRange(_ bars: BarColumns, _ count: Int) -> Double? {
        guard bars.count > count, count > 0 else { return nil }
        var average = 0.0
        for index in 1..<bars.count {
            let range = trueRange(bars, index)
            average += (range - average) / Double(min(index, count))
        }
        return average
    }

    static func trueRange(_ bars: BarColumns, _ index: Int) -> Double {
        let previous = bars.close[index - 1]
        return max(bars.high[index], previous) - min(bars.low[index], previous)
    }

    /// The fraction by which the last value differs from the one `count` before it.
    static func rateOfChange(_ values: [Double], _ count: Int) -> Double? {
        guard values.count > count, count > 0, let last = values.last else { return nil }
        return (last - values[values.count - 1 - count]).over(values[values.count - 1 - count])
    }
}
