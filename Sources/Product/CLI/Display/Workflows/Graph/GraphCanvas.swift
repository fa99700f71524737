/// A field of characters on which lines join where they meet.
struct GraphCanvas {
    /// The directions in which a line leaves a cell.
    struct Ends: OptionSet {
        let rawValue: Int
        static let up = Ends(rawValue: 1)
        static let down = Ends(rawValue: 2)
        static let left = Ends(rawValue: 4)
        static let right = Ends(rawValue: 8)
    }

    private struct Cell {
        var ends: Ends = []
        var character: Character?
        var style: Style?
        /// The second column of a wide character.
        var isCovered = false
    }

    private var rows: [[Cell]]

    init(width: Int, height: Int) {
        rows = Array(repeating: Array(repeating: Cell(), count: max(0, width)), count: max(0, height))
    }

    /// A line down a column, both rows included.
    mutating func vertical(_ x: Int, from top: Int, to bottom: Int) {
        guard top <= bottom else { return }
        for y in top...bottom {
            if y > top { join(x, y, .up) }
            if y < bottom { join(x, y, .down) }
        }
    }

    /// A line along a row, both columns included.
    mutating func horizontal(_ y: Int, from first: Int, to last: Int) {
        guard first != last else { return }
        for x in min(first, last)...max(first, last) {
            if x > min(first, last) { join(x, y, .left) }
            if x < max(first, last) { join(x, y, .right) }
        }
    }

    mutating func join(_ x: Int, _ y: Int, _ ends: Ends) {
        guard rows.indices.contains(y), rows[y].indices.contains(x) else { return }
        rows[y][x].ends.insert(ends)
    }

    /// Text over whatever is there.
    mutating func write(_ text: String, x: Int, y: Int, style: Style? = nil) {
        var x = x
        for character in text {
            let width = TextWidth.of(character)
            guard width > 0, rows.indices.contains(y), rows[y].indices.contains(x) else { continue }
            rows[y][x].character = character
            rows[y][x].style = style
            if width > 1, rows[y].indices.contains(x + 1) { rows[y][x + 1].isCovered = true }
            x += width
        }
    }

    /// The rows, blanks at their ends left out.
    func lines(_ style: Styler) -> [String] {
        rows.map { row in
            let last = row.lastIndex { $0.character != nil || !$0.ends.isEmpty } ?? -1
            var line = ""
            var index = 0
            while index <= last {
                let look = row[index].style
                var part = ""
                while index <= last, row[index].style == look {
                    if !row[index].isCovered { part.append(GraphCanvas.character(row[index])) }
                    index += 1
                }
                line += look.map { style(part, $0) } ?? part
            }
            return line
        }
    }

    private static func character(_ cell: Cell) -> Character {
        cell.character ?? characters[cell.ends.rawValue]
    }

    private static let characters: [Character] = [
        " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
    ]
}
