/// Levels at which the price turned before: swing highs and lows, near ones merged.
struct PriceLevels {
    /// A level and how often the price turned there.
    struct Level {
        var price: Double
        var touches: Int
    }

    /// Ascending by price.
    let levels: [Level]

    /// The turning points of the bars before `end`: extremes of `reach` bars on both sides, merged within `tolerance`.
    init(_ bars: BarHistory, before end: Int, reach: Int = 5, tolerance: Double) {
        var points: [Double] = []
        for index in stride(from: reach, to: min(end, bars.count) - reach, by: 1) {
            if PriceLevels.isExtreme(bars.high, index, reach, by: >) { points.append(bars.high[index]) }
            if PriceLevels.isExtreme(bars.low, index, reach, by: <) { points.append(bars.low[index]) }
        }
        levels = PriceLevels.merged(points.sorted(), tolerance)
    }

    private static func isExtreme(
        _ values: [Double], _ index: Int, _ reach: Int, by isBeyond: (Double, Double) -> Bool
    ) -> Bool {
        for other in index - reach...index + reach where isBeyond(values[other], values[index]) { return false }
        return true
    }

    private static func merged(_ points: [Double], _ tolerance: Double) -> [Level] {
        var levels: [Level] = []
        for point in points {
            if let last = levels.last, point - last.price <= tolerance {
                let touches = last.touches + 1
                levels[levels.count - 1] = Level(
                    price: last.price + (point - last.price) / Double(touches), touches: touches)
            } else {
                levels.append(Level(price: point, touches: 1))
            }
        }
        return levels
    }

    /// The nearest level at or under a price at which it turned so often.
    func support(_ price: Double, touches: Int = 1) -> Level? {
        levels.last { $0.price <= price && $0.touches >= touches }
    }

    /// The nearest level over a price at which it turned so often.
    func resistance(_ price: Double, touches: Int = 1) -> Level? {
        levels.first { $0.price > price && $0.touches >= touches }
    }
}
