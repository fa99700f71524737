/// A line drawn with braille dots, two by four in a character, with the scale on its left.
struct LineChart: Sendable {
    private let values: [Double]
    private let label: @Sendable (Double) -> String

    /// A chart of values in order; `label` writes a value beside the scale.
    init(_ values: [Double], label: @escaping @Sendable (Double) -> String = { NumberText.compact($0) }) {
        self.values = values
        self.label = label
    }

    /// The chart in `height` lines no wider than `width`; nothing where there is no value or no room.
    func lines(width: Int, height: Int, unicode: Bool = true) -> [String] {
        guard height > 0, let range = Resampling.range(values.map { $0.isFinite ? $0 : nil }) else { return [] }
        let labels = scale(range, height)
        let margin = labels.map(TextWidth.of).max() ?? 0
        let columns = width - margin - 3
        guard columns > 0 else { return [] }
        let rows = unicode ? braille(columns, height, range) : letters(columns, height, range)
        return zip(labels, rows).map { label, row in
            TextWidth.padded(label, to: margin, .right) + (unicode ? " ┤ " : " | ") + row.withoutBlankEnd
        }
    }

    /// The greatest on top, the least at the bottom, the middle between where there is room.
    private func scale(_ range: ClosedRange<Double>, _ height: Int) -> [String] {
        let middle = range.lowerBound / 2 + range.upperBound / 2
        return (0..<height).map { row in
            if row == 0 { return label(range.upperBound) }
            if row == height - 1 { return label(range.lowerBound) }
            return height >= 5 && row == height / 2 ? label(middle) : ""
        }
    }

    private func braille(_ columns: Int, _ rows: Int, _ range: ClosedRange<Double>) -> [String] {
        var cells = [[UInt32]](repeating: [UInt32](repeating: 0, count: columns), count: rows)
        for (column, dots) in runs(columns * 2, rows * 4, range).enumerated() {
            for dot in dots ?? 0..<0 { cells[dot / 4][column / 2] |= LineChart.dots[column % 2][dot % 4] }
        }
        return cells.map { row in
            String(String.UnicodeScalarView(row.compactMap { Unicode.Scalar(0x2800 + $0) }))
        }
    }

    private func letters(_ columns: Int, _ rows: Int, _ range: ClosedRange<Double>) -> [String] {
        var cells = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
        for (column, dots) in runs(columns, rows, range).enumerated() {
            for dot in dots ?? 0..<0 { cells[dot][column] = "*" }
        }
        return cells.map { String($0) }
    }

    /// For each column the dots, from the top, that join its value to the one before; nil where it has no value.
    private func runs(_ columns: Int, _ dots: Int, _ range: ClosedRange<Double>) -> [Range<Int>?] {
        let points = stretched(to: columns)
        let span = range.upperBound - range.lowerBound
        var previous: Int?
        return points.map { value in
            guard let value else {
                previous = nil
                return nil
            }
            let share = span > 0 ? (value - range.lowerBound) / span : 0.5
            let dot = max(0, min(dots - 1, Int(((1 - share) * Double(dots - 1)).rounded())))
            defer { previous = dot }
            guard let previous, previous != dot else { return dot..<dot + 1 }
            return previous < dot ? previous + 1..<dot + 1 : dot..<previous
        }
    }

    /// Fewer values than columns are joined by straight lines, more are averaged.
    private func stretched(to columns: Int) -> [Double?] {
        guard values.count < columns, values.count > 1 else { return Resampling.means(values, count: columns) }
        return (0..<columns).map { column in
            let place = Double(column) * Double(values.count - 1) / Double(columns - 1)
            let index = min(Int(place), values.count - 2)
            let (left, right) = (values[index], values[index + 1])
            guard left.isFinite, right.isFinite else { return left.isFinite ? left : nil }
            return left + (right - left) * (place - Double(index))
        }
    }

    /// The bits of a braille character by column and row (Unicode, block 2800).
    private static let dots: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
}

extension String {
    /// Without the blanks and empty braille cells at its end.
    fileprivate var withoutBlankEnd: String {
        var text = Substring(self)
        while text.last == " " || text.last == "\u{2800}" { text.removeLast() }
        return String(text)
    }
}
