/// Wilder's directional movement at the last bar.
struct DirectionalMovement {
    /// The average directional index, 0...100: how strong the trend is, up or down.
    let index: Double
    /// Upward and downward movement as percent of the range.
    let plus: Double
    let minus: Double

    /// Nil for fewer than 2 × count bars, which the smoothing needs.
    init?(_ bars: BarColumns, _ count: Int) {
        guard count > 0, bars.count >= 2 * count else { return nil }
        var smoothed = Smoothed()
        var (average, answers) = (0.0, 0)
        for bar in 1..<bars.count {
            smoothed.add(bars, bar, count)
            guard bar >= count else { continue }
            answers += 1
            average += (smoothed.spread - average) / Double(min(answers, count))
        }
        index = average
        plus = smoothed.plusPercent
        minus = smoothed.minusPercent
    }

    private struct Smoothed {
        var (range, plus, minus) = (0.0, 0.0, 0.0)

        mutating func add(_ bars: BarColumns, _ index: Int, _ count: Int) {
            let up = bars.high[index] - bars.high[index - 1]
            let down = bars.low[index - 1] - bars.low[index]
            let weight = 1 / Double(min(index, count))
            range += weight * (Series.trueRange(bars, index) - range)
            plus += weight * ((up > down && up > 0 ? up : 0) - plus)
            minus += weight * ((down > up && down > 0 ? down : 0) - minus)
        }

        var plusPercent: Double { (100 * plus).over(range) ?? 0 }
        var minusPercent: Double { (100 * minus).over(range) ?? 0 }
        var spread: Double { (100 * (plus - minus).magnitude).over(plus + minus) ?? 0 }
    }
}
