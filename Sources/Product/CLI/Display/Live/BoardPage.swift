/// The lines of a board for a size: what matters most comes first and stays longest where there is no room.
struct BoardPage {
    /// What the terminal can show.
    struct Look: Sendable {
        var style = Styler.plain
        var unicode = true
    }

    let board: Board
    let look: Look

    init(_ board: Board, _ look: Look) {
        self.board = board
        self.look = look
    }

    /// As many lines as the terminal has rows, less one for the cursor; none wider than it.
    func lines(width: Int, height: Int) -> [String] {
        let room = max(1, height - 1)
        let top = Array(BoardTop(board, look).lines(width: width, room: room).prefix(room))
        return (top + body(width, room - top.count)).map { StyledLine.fitted($0, to: max(0, width)) }
    }

    private func body(_ width: Int, _ room: Int) -> [String] {
        guard room > 0 else { return [] }
        let sections = BoardSections(board, look)
        if room < 5 { return sections.log(width, room, hasTitle: false) }
        if room < 9 { return stacked(sections, width, room, advice: 0) }
        guard width >= 120 else { return stacked(sections, width, room, advice: max(3, room / 4)) }
        let left = width * 3 / 5
        let columns = (stacked(sections, left, room, advice: 0), sections.advice(width - left - 3, room))
        let rule = look.style(look.unicode ? "│" : "|", .dim)
        return zip(columns.0, columns.1).map { "\(padded($0, left)) \(rule) \($1)" }
    }

    /// Positions, recommendations where they get rows, and the log in what is left.
    private func stacked(_ sections: BoardSections, _ width: Int, _ room: Int, advice: Int) -> [String] {
        let positions = min(max(1, board.instruments) + 1, max(2, room * 2 / 5))
        var lines = sections.positions(width, positions)
        if advice > 0 { lines += sections.advice(width, advice) }
        return lines + sections.log(width, room - positions - advice, hasTitle: true)
    }

    private func padded(_ line: String, _ width: Int) -> String {
        let fitted = StyledLine.fitted(line, to: width)
        return fitted + String(repeating: " ", count: max(0, width - StyledLine.width(fitted)))
    }
}
