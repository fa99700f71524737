import TradingModel

/// Reads a table of closes, one column for each symbol; an empty cell is a day without that symbol.
struct PanelReader {
    private let layout: TableLayout
    private var scanner: TimeScanner
    private(set) var series: [RawRows]
    private(set) var bad: [BadRow] = []
    private(set) var rows = 0
    private(set) var empty = 0
    private(set) var rounded = 0

    init(_ layout: TableLayout, format: TimeFormat) {
        self.layout = layout
        scanner = TimeScanner(format)
        series = layout.panel.map { RawRows(symbol: $0.symbol) }
    }

    mutating func read(_ source: inout some RowSource) throws(ImportError) {
        let cells = CellBuffer()
        let time = layout.columns[.time] ?? 0
        while try source.next(cells) {
            guard source.line > layout.skippedLines else { continue }
            rows += 1
            guard cells.count == layout.names.count else {
                bad.append(
                    BadRow(line: source.line, column: nil, text: cells.texts.joined(separator: ","), reason: .cellCount)
                )
                continue
            }
            guard let moment = scanner.scan(cells[time]) else {
                let text = cells[time].text
                bad.append(BadRow(line: source.line, column: layout.name(time), text: text, reason: .unparsableTime))
                continue
            }
            for index in series.indices { take(cells[layout.panel[index].column], index, moment, source.line) }
        }
    }

    private mutating func take(_ cell: Cell, _ index: Int, _ time: Int64, _ line: Int) {
        guard cell.trimmed.count > 0 else {
            empty += 1
            return
        }
        let value = cell.decimal()
        let isNumber = value.status == .exact || value.status == .rounded
        guard isNumber, value.raw > 0 else {
            let reason: BadRow.Reason = isNumber ? .priceNotPositive : .unparsableNumber
            return bad.append(
                BadRow(line: line, column: layout.panel[index].symbol.name, text: cell.text, reason: reason))
        }
        if value.status == .rounded { rounded += 1 }
        series[index].line.append(Int32(truncatingIfNeeded: line))
        series[index].time.append(time)
        series[index].open.append(value.raw)
        series[index].high.append(value.raw)
        series[index].low.append(value.raw)
        series[index].close.append(value.raw)
        series[index].volume.append(0)
    }
}
