/// A table that leaves out its least important columns where there is no room.
struct RankedTable {
    /// A column, its cells and how important it is: the highest rank goes first, rank 0 always stays.
    struct Column {
        let column: Table.Column
        let rank: Int
        let cells: [Table.Cell]
        /// The most columns of the terminal that it insists on.
        var need = Int.max

        fileprivate var width: Int {
            min(need, cells.reduce(TextWidth.of(column.title)) { max($0, TextWidth.of($1.text)) })
        }
    }

    let columns: [Column]

    /// The title and as many rows as there are, no wider than a width.
    func lines(width: Int, style: Styler) -> [String] {
        var kept = columns
        while kept.reduce(-2, { $0 + $1.width + 2 }) > width, let last = kept.map(\.rank).max(), last > 0 {
            kept.removeAll { $0.rank == last }
        }
        var table = Table(kept.map(\.column))
        for row in 0..<(kept.map(\.cells.count).min() ?? 0) { table.add(kept.map { $0.cells[row] }) }
        return table.lines(width: max(0, width), style: style)
    }
}
