import Configuration

/// The lower part of a board: positions, recommendations and the log, each in exactly so many rows.
struct BoardSections {
    private let board: Board
    private let look: BoardPage.Look
    private var style: Styler { look.style }

    init(_ board: Board, _ look: BoardPage.Look) {
        self.board = board
        self.look = look
    }

    /// What is held, the title included; the last row counts what did not fit.
    func positions(_ width: Int, _ rows: Int) -> [String] {
        let isCut = board.positions.count > rows - 1
        let shown = Array(board.positions.prefix(max(0, isCut ? rows - 2 : rows - 1)))
        var lines = PositionTable(shown).lines(width: width, style: style)
        if board.positions.isEmpty { lines.append(style("nothing is held", .dim)) }
        if isCut { lines.append(style("and \(board.positions.count - shown.count) more", .dim)) }
        return filled(lines, rows)
    }

    /// What was recommended, the newest first.
    func advice(_ width: Int, _ rows: Int) -> [String] {
        let shown = Array(board.advice.prefix(max(0, rows - 1)))
        var lines = AdviceTable(shown).lines(width: width, style: style)
        if shown.isEmpty { lines.append(style("none yet", .dim)) }
        return filled(lines, rows)
    }

    /// What happened, the newest at the end.
    func log(_ width: Int, _ rows: Int, hasTitle: Bool) -> [String] {
        guard rows > 0 else { return [] }
        let title = hasTitle ? [style("Verdicts, orders and fills", .bold)] : []
        let shown = board.log.suffix(max(0, rows - title.count)).map { line($0, width) }
        return filled(title + (hasTitle && shown.isEmpty ? [style("none yet", .dim)] : shown), rows)
    }

    private func line(_ entry: Board.Entry, _ width: Int) -> String {
        let word = TextWidth.padded(entry.kind.rawValue, to: 9)
        let text = TextWidth.truncated("\(entry.time)  \(word)  \(entry.text)".escapingControls, to: max(0, width))
        switch entry.kind {
        case .order, .triggered, .stage: return text
        case .filled: return style(text, .cyan)
        case .refused, .control, .unknown, .alert: return style(text, .yellow)
        case .rejected, .halted, .failed: return style(text, .red)
        case .cancelled, .expired, .exit, .closed, .charged: return style(text, .dim)
        }
    }

    private func filled(_ lines: [String], _ rows: Int) -> [String] {
        Array((lines + [String](repeating: "", count: max(0, rows - lines.count))).prefix(max(0, rows)))
    }
}

/// Positions in columns.
struct PositionTable {
    private let table: RankedTable

    /// A table of positions; the exits that stand are left out where nobody knows them any more.
    init(_ held: [Board.Holding], hasExits: Bool = true) {
        let exits: [RankedTable.Column] = [
            .init(column: .number("Stop"), rank: 4, cells: held.map { .init(PriceText.of($0.stop)) }),
            .init(column: .number("Target"), rank: 4, cells: held.map { .init(PriceText.of($0.target)) }),
        ]
        table = RankedTable(columns: PositionTable.columns(held) + (hasExits ? exits : []))
    }

    private static func columns(_ held: [Board.Holding]) -> [RankedTable.Column] {
        [
            .init(column: .text("Position"), rank: 0, cells: held.map { .init($0.symbol) }),
            .init(column: .number("Quantity"), rank: 1, cells: held.map { .init($0.quantity) }),
            .init(column: .number("Average"), rank: 5, cells: held.map { .init(PriceText.of($0.average)) }),
            .init(column: .number("Last"), rank: 3, cells: held.map { .init(PriceText.of($0.last)) }),
            .init(column: .number("Value"), rank: 6, cells: held.map { .init(NumberText.decimal($0.value)) }),
            .init(
                column: .number("Open"), rank: 2,
                cells: held.map { .change($0.profit, NumberText.decimal($0.profit, signed: true)) }),
            .init(
                column: .number("Open %"), rank: 0,
                cells: held.map { .change($0.share, NumberText.percent($0.share, signed: true)) }),
        ]
    }

    func lines(width: Int, style: Styler) -> [String] { table.lines(width: width, style: style) }
}

/// Recommendations in columns.
struct AdviceTable {
    private let table: RankedTable

    init(_ advice: [Board.Advice]) {
        table = RankedTable(columns: [
            .init(
                column: .text("Advice"), rank: 0,
                cells: advice.map { .init("\($0.isBuy ? "BUY" : "SELL") \($0.symbol)", $0.isBuy ? .green : .red) }),
            .init(
                column: .number("Sure"), rank: 1,
                cells: advice.map { .init(NumberText.percent($0.confidence, decimals: 0)) }),
            .init(column: .number("Target"), rank: 3, cells: advice.map { .init(PriceText.of($0.target)) }),
            .init(column: .number("Stop"), rank: 3, cells: advice.map { .init(PriceText.of($0.stop)) }),
            .init(column: .text("When"), rank: 4, cells: advice.map { .init($0.time, .dim) }),
            .init(column: .text("Why"), rank: 2, cells: advice.map { .init($0.reason, .dim) }, need: 16),
        ])
    }

    func lines(width: Int, style: Styler) -> [String] { table.lines(width: width, style: style) }
}
