/// A row of blocks that shows how values went.
enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let letters: [Character] = ["_", ".", "-", "=", "+", "*", "%", "#"]

    /// The values squeezed into a width, each column the mean of its share; values that are not finite are left out.
    static func text(_ values: [Double], width: Int, unicode: Bool = true) -> String {
        let points = Resampling.means(values, count: min(width, values.count))
        guard let range = Resampling.range(points) else { return "" }
        let marks = unicode ? blocks : letters
        let span = range.upperBound - range.lowerBound
        return String(
            points.map { value in
                guard let value else { return " " }
                let share = span > 0 ? (value - range.lowerBound) / span : 0.5
                return marks[max(0, min(marks.count - 1, Int(share * Double(marks.count))))]
            })
    }
}

/// Brings a series to another length.
enum Resampling {
    /// The means of `count` equal shares of the values, in order; nil where a share holds no finite value.
    static func means(_ values: [Double], count: Int) -> [Double?] {
        guard count > 0, !values.isEmpty else { return [] }
        return (0..<count).map { index in
            let start = index * values.count / count
            let end = max(start + 1, (index + 1) * values.count / count)
            let share = values[start..<min(end, values.count)].filter(\.isFinite)
            return share.isEmpty ? nil : share.reduce(0) { $0 + $1 / Double(share.count) }
        }
    }

    /// From the least to the greatest; nil where there is none.
    static func range(_ values: [Double?]) -> ClosedRange<Double>? {
        let known = values.compactMap { $0 }.filter(\.isFinite)
        guard let low = known.min(), let high = known.max(), (high - low).isFinite else { return nil }
        return low...high
    }
}
