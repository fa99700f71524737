import Configuration

/// Bars that lie on their side.
enum BarChart {
    private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// A bar of a share of a width, 0...1, in eighths of a character.
    static func bar(_ share: Double, width: Int, unicode: Bool = true) -> String {
        guard share.isFinite, share > 0, width > 0 else { return "" }
        let units = Int((min(1, share) * Double(width) * 8).rounded())
        guard unicode else { return String(repeating: "#", count: (units + 4) / 8) }
        let rest = units % 8
        return String(repeating: "█", count: units / 8) + (rest > 0 ? String(eighths[rest - 1]) : "")
    }

    /// Named amounts as bars beside their figures, the largest as wide as there is room.
    static func lines(
        _ rows: [(name: String, value: Double, figure: String)], width: Int, unicode: Bool = true
    ) -> [String] {
        let names = rows.map { $0.name.escapingControls }
        let nameWidth = min(names.map(TextWidth.of).max() ?? 0, max(4, width / 3))
        let figureWidth = rows.map { TextWidth.of($0.figure) }.max() ?? 0
        let room = max(1, width - nameWidth - figureWidth - 4)
        let greatest = rows.map(\.value).filter(\.isFinite).max() ?? 0
        return zip(names, rows).map { name, row in
            let bar = bar(greatest > 0 ? row.value / greatest : 0, width: room, unicode: unicode)
            let start = TextWidth.padded(TextWidth.truncated(name, to: nameWidth), to: nameWidth)
            return start + "  " + TextWidth.padded(row.figure, to: figureWidth, .right)
                + (bar.isEmpty ? "" : "  " + bar)
        }
    }

    /// How many values fall into each of `bins` equal ranges.
    static func histogram(
        _ values: [Double], bins: Int, width: Int, unicode: Bool = true,
        label: (Double) -> String = { NumberText.compact($0) }
    ) -> [String] {
        let known = values.filter(\.isFinite)
        guard bins > 0, let range = Resampling.range(known) else { return [] }
        let span = range.upperBound - range.lowerBound
        let count = span > 0 ? bins : 1
        var counts = [Int](repeating: 0, count: count)
        for value in known {
            let bin = span > 0 ? Int((value - range.lowerBound) / span * Double(count)) : 0
            counts[max(0, min(count - 1, bin))] += 1
        }
        return lines(
            counts.indices.map { bin in
                let low = range.lowerBound + span * Double(bin) / Double(count)
                let high = range.lowerBound + span * Double(bin + 1) / Double(count)
                return ("\(label(low)) to \(label(high))", Double(counts[bin]), NumberText.grouped(counts[bin]))
            }, width: width, unicode: unicode)
    }
}
