import Indicators

/// Batch calculations over columns, oldest first; each answers nil where a column is too short.
enum Series {
    /// The mean of the `count` values that end before `end`.
    static func mean(_ values: [Double], last count: Int, before end: Int? = nil) -> Double? {
        let end = end ?? values.count
        guard count > 0, end >= count, end <= values.count else { return nil }
        var sum = 0.0
        for index in end - count..<end { sum += values[index] }
        return sum / Double(count)
    }

    /// The population standard deviation of the last `count` values, from two passes.
    static func deviation(_ values: [Double], last count: Int) -> Double? {
        guard let mean = mean(values, last: count) else { return nil }
        var sum = 0.0
        for value in values.suffix(count) { sum += (value - mean) * (value - mean) }
        return (sum / Double(count)).squareRoot()
    }

    /// Wilder's average true range over 14 bars at the last bar.
    static func averageTrueRange(_ bars: BarHistory) -> Double? {
        bars.priceColumns.flatMap { ATR(14).values(over: $0).last.finite }
    }

    /// The fraction by which the last value differs from the one `count` before it.
    static func rateOfChange(_ values: [Double], _ count: Int) -> Double? {
        guard values.count > count, count > 0, let last = values.last else { return nil }
        return (last - values[values.count - 1 - count]).over(values[values.count - 1 - count])
    }
}

extension BarHistory {
    /// The columns that indicators read.
    var priceColumns: PriceColumns? {
        try? PriceColumns(high: high, low: low, close: close, volume: volume)
    }
}

extension Double? {
    /// The number where there is one that is finite: indicators mark "not yet" with NaN.
    var finite: Double? { flatMap { $0.isFinite ? $0 : nil } }
}
