import Configuration

/// Rows in aligned columns; text from data is made harmless.
struct Table: Sendable {
    /// A column's title and how its cells stand.
    struct Column: Sendable, Hashable {
        let title: String
        let alignment: Alignment

        /// A column of words.
        static func text(_ title: String) -> Column { Column(title: title, alignment: .left) }

        /// A column of numbers, on the right.
        static func number(_ title: String) -> Column { Column(title: title, alignment: .right) }
    }

    /// A cell's text and styles.
    struct Cell: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        let text: String
        let style: Style?

        init(_ text: String, _ style: Style? = nil) {
            self.text = text.escapingControls
            self.style = style
        }

        init(stringLiteral value: String) { self.init(value) }

        /// A number that is green above zero and red below.
        static func change(_ value: Double?, _ text: String) -> Cell {
            guard let value, value != 0, value.isFinite else { return Cell(text) }
            return Cell(text, value > 0 ? .green : .red)
        }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []

    /// An empty table.
    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; missing cells stay empty, further ones are left out.
    mutating func add(_ cells: [Cell]) {
        rows.append(columns.indices.map { $0 < cells.count ? cells[$0] : Cell("") })
    }

    /// The title line and the rows, no wider than `width`: words give way before numbers.
    func lines(width: Int, style: Styler = .plain) -> [String] {
        let widths = fitted(to: width)
        let title = line(columns.map { Cell($0.title, .bold) }, widths, width, style)
        return [title] + rows.map { line($0, widths, width, style) }
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ width: Int, _ style: Styler) -> String {
        var result = ""
        var used = 0
        for (index, cell) in cells.enumerated() where widths[index] > 0 {
            let gap = index == 0 ? 0 : min(2, width - used)
            let room = min(widths[index], width - used - gap)
            guard room > 0 else { break }
            let text = TextWidth.truncated(cell.text, to: room)
            let isLast = index == cells.count - 1 && columns[index].alignment == .left
            let padded = isLast ? text : TextWidth.padded(text, to: room, columns[index].alignment)
            result += String(repeating: " ", count: gap) + (cell.style.map { style(padded, $0) } ?? padded)
            used += gap + room
        }
        return result
    }

    private func fitted(to width: Int) -> [Int] {
        var widths = columns.indices.map { index in
            max(TextWidth.of(columns[index].title), rows.map { TextWidth.of($0[index].text) }.max() ?? 0)
        }
        var excess = widths.reduce(0, +) + 2 * max(0, columns.count - 1) - width
        for alignment in [Alignment.left, .right] {
            while excess > 0, let widest = widest(alignment, widths) {
                widths[widest] -= 1
                excess -= 1
            }
        }
        return widths
    }

    private func widest(_ alignment: Alignment, _ widths: [Int]) -> Int? {
        columns.indices.filter { columns[$0].alignment == alignment && widths[$0] > 6 }
            .max { widths[$0] < widths[$1] }
    }
}
