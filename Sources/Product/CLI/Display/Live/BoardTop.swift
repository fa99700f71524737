import Accounting
import Configuration
import TradingModel

/// The upper part of a board: what this is, how far it is, and what the account stands at.
struct BoardTop {
    private let board: Board
    private let look: BoardPage.Look
    private var style: Styler { look.style }
    private var account: Board.Account { board.account }

    init(_ board: Board, _ look: BoardPage.Look) {
        self.board = board
        self.look = look
    }

    /// Two to four lines about the run and the account, then the curve and the targets where there is room.
    func lines(width: Int, room: Int) -> [String] {
        var lines = [title(width)]
        if let reason { lines.append(reason(width)) }
        lines += [money(width)]
        if room >= 6 { lines.insert(progress(width), at: 1) }
        if room >= 7 { lines.append(risk(width)) }
        if room >= 12 { lines.append(targets(width)) }
        if room >= 9 { lines += curve(width, rows: room >= 30 ? 5 : 1) }
        return lines
    }

    private func title(_ width: Int) -> String {
        var line = Segments(style)
        let dot = look.unicode ? "·" : "-"
        line.add("PAPER \(dot) \(board.isSimulated ? "SIMULATED market" : "replay")", rank: 0, [.yellow, .bold])
        switch board.trading {
        case .active: line.add("ACTIVE", rank: 1, [.green, .bold])
        case .reduceOnly: line.add("REDUCE-ONLY", rank: 1, [.yellow, .bold])
        case .halted: line.add("HALTED", rank: 1, [.red, .bold])
        }
        line.add(board.time, rank: 2, [.bold])
        line.add(board.pace, rank: 3)
        if board.isResumed { line.add("went on", rank: 5, [.dim]) }
        line.add(board.name, rank: 4, [.dim])
        return line.line(width: width)
    }

    private var reason: ((Int) -> String)? {
        let (text, color): (String, Style)
        switch board.trading {
        case .active: return nil
        case .reduceOnly(let why): (text, color) = (why, .yellow)
        case .halted(let why): (text, color) = (why, .red)
        }
        return { width in style(TextWidth.truncated(text.escapingControls, to: width), color) }
    }

    private func progress(_ width: Int) -> String {
        var line = Segments(style)
        let bars = "\(NumberText.grouped(board.bars))\(board.allBars.map { " of " + NumberText.grouped($0) } ?? "")"
        if let all = board.allBars, all > 0 {
            let share = Double(board.bars) / Double(all)
            line.add(gauge(share, width: max(8, min(40, width / 3))), rank: 0, [.cyan])
            line.add(NumberText.percent(share, decimals: 0), rank: 0)
            if let left = board.left { line.add("\(NumberText.span(left)) left", rank: 1) }
        }
        line.add("\(bars) bars of \(board.barLength)", rank: 2, [.dim])
        line.add("\(board.instruments) instruments", rank: 3, [.dim])
        return line.line(width: width)
    }

    private func gauge(_ share: Double, width: Int) -> String {
        let filled = BarChart.bar(share, width: width, unicode: look.unicode)
        let rest = String(repeating: look.unicode ? "░" : ".", count: max(0, width - TextWidth.of(filled)))
        return look.unicode ? filled + rest : "[\(filled)\(rest)]"
    }

    private func money(_ width: Int) -> String {
        var line = Segments(style)
        line.add("Equity \(NumberText.decimal(account.equity))", rank: 0, [.bold])
        let change = NumberText.decimal(account.dayProfit, signed: true)
        line.add(
            change: account.dayProfit, "Day \(change) (\(NumberText.percent(account.dayReturn, signed: true)))", rank: 1
        )
        line.add(
            change: account.totalReturn, "Return \(NumberText.percent(account.totalReturn, signed: true))", rank: 2)
        line.add("Cash \(NumberText.decimal(account.cash))", rank: 4)
        line.add("Exposure \(NumberText.percent(account.exposure, decimals: 1))", rank: 3)
        return line.line(width: width)
    }

    private func risk(_ width: Int) -> String {
        var line = Segments(style)
        if let limit = account.lossLimit, limit > 0 {
            let used = max(0, -(account.dayReturn ?? 0)) / limit
            let color: Style = used >= 1 ? .red : used >= 0.5 ? .yellow : .green
            line.add("Daily loss limit \(NumberText.percent(limit, decimals: 1))", rank: 0)
            line.add(gauge(used, width: 8), rank: 1, [color])
            line.add("\(NumberText.percent(used, decimals: 0)) used", rank: 0, [color])
        } else {
            line.add("No daily loss limit", rank: 0)
        }
        line.add(
            "Drawdown \(NumberText.percent(account.drawdown)), deepest \(NumberText.percent(account.deepest))", rank: 2)
        line.add("\(account.orders) orders, \(account.fills) fills, \(account.refusals) refused", rank: 3, [.dim])
        return line.line(width: width)
    }

    /// What was reached first, the target in brackets.
    private func targets(_ width: Int) -> String {
        var line = Segments(style)
        line.add("Targets", rank: 0, [.bold])
        for (place, target) in board.targets.enumerated() {
            let color: [Style] = target.isMet.map { $0 ? [.green] : [.yellow] } ?? []
            line.add("\(target.shortName) \(target.result) (\(target.shortAim))", rank: place + 1, color)
        }
        return line.line(width: width)
    }

    private func curve(_ width: Int, rows: Int) -> [String] {
        guard board.equity.count > 1 else { return [String](repeating: "", count: rows) }
        if rows == 1 { return [style(Sparkline.text(board.equity, width: width, unicode: look.unicode), .cyan)] }
        let chart = LineChart(board.equity) { NumberText.decimal($0, decimals: 0) }
        return chart.lines(width: width, height: rows, unicode: look.unicode).map { style($0, .cyan) }
    }
}
