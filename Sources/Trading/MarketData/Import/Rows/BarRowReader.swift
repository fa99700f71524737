import Determinism
import TradingModel

/// Reads rows of bars into columns and sets aside those that cannot be true.
struct BarRowReader {
    private let columns: Columns
    private let layout: TableLayout
    private let limits: Limits
    private var scanner: TimeScanner
    private var endScanner: TimeScanner
    private(set) var series: [RawRows] = []
    private(set) var bad: [BadRow] = []
    private(set) var rows = 0
    private(set) var rounded = 0
    private var current = 0
    private var currentTicker: Cell?

    /// Above these a number is a mistake, not a market.
    struct Limits {
        var price = Int64.max / 2
        var volume: Double
    }

    /// The roles as plain numbers, -1 where absent, for the loop over rows.
    private struct Columns {
        let time, clock, end, open, high, low, close, volume, dividend, split, ticker, last: Int
        let isQuote: Bool

        init(_ layout: TableLayout) {
            func column(_ role: ColumnRole) -> Int { layout.columns[role] ?? -1 }
            (time, clock, end) = (column(.time), column(.clock), column(.end))
            (open, high, low, close) = (column(.open), column(.high), column(.low), column(.close))
            (volume, dividend, split) = (column(.volume), column(.dividend), column(.split))
            ticker = column(.ticker)
            isQuote = layout.dialect == .leanQuote
            last = isQuote ? 10 : layout.columns.values.max() ?? 0
        }
    }

    init(_ layout: TableLayout, format: TimeFormat, limits: Limits, expectedRows: Int) {
        self.layout = layout
        self.limits = limits
        columns = Columns(layout)
        scanner = TimeScanner(format)
        endScanner = TimeScanner(format)
        guard columns.ticker < 0 else { return }
        series = [RawRows()]
        series[0].reserve(expectedRows)
    }

    mutating func read(_ source: inout some RowSource) throws(ImportError) {
        let cells = CellBuffer()
        while try source.next(cells) {
            guard source.line > layout.skippedLines else { continue }
            rows &+= 1
            take(cells, source.line)
        }
    }

    @inline(__always)
    private mutating func take(_ cells: CellBuffer, _ line: Int) {
        guard hasAllCells(cells) else { return refuse(line, nil, rowText(cells), .cellCount) }
        guard let time = time(cells) else { return refuseTime(cells, line) }
        let open = price(cells, columns.open)
        let high = price(cells, columns.high)
        let low = price(cells, columns.low)
        let close = price(cells, columns.close)
        var isExact = open.status == .exact && high.status == .exact && low.status == .exact && close.status == .exact
        if !isExact {
            for (column, value) in [
                (columns.open, open), (columns.high, high), (columns.low, low), (columns.close, close),
            ] {
                guard let reason = BarRowReader.fault(cells[column], value) else { continue }
                return refuse(line, column, cells, reason)
            }
            rounded += 1
            isExact = true
        }
        let volume = columns.volume < 0 ? 0 : cells[columns.volume].double()
        guard let volume else { return refuse(line, columns.volume, cells, missingOr(cells[columns.volume])) }
        let lowest = min(min(open.raw, high.raw), min(low.raw, close.raw))
        guard lowest > 0 else { return refuseLowest(cells, line, [open, high, low, close]) }
        guard high.raw >= max(open.raw, close.raw), low.raw <= min(open.raw, close.raw) else {
            return refuseBounds(cells, line, open: open.raw, high: high.raw, close: close.raw)
        }
        guard volume >= 0 else { return refuse(line, columns.volume, cells, .volumeNegative) }
        guard volume <= limits.volume, high.raw <= limits.price else {
            return refuse(line, volume <= limits.volume ? columns.high : columns.volume, cells, .outOfRange)
        }
        guard keepTicker(cells) else { return refuse(line, columns.ticker, cells, .missing) }
        if columns.end >= 0, !keepEnd(cells, line, after: time) { return }
        if columns.split >= 0 || columns.dividend >= 0, !keepActions(cells, line, time) { return }
        series[current].line.append(Int32(truncatingIfNeeded: line))
        series[current].time.append(time)
        series[current].open.append(open.raw)
        series[current].high.append(high.raw)
        series[current].low.append(low.raw)
        series[current].close.append(close.raw)
        series[current].volume.append(volume)
    }

    /// One empty cell too many is a separator at the end of the line.
    @inline(__always)
    private func hasAllCells(_ cells: CellBuffer) -> Bool {
        let count = layout.names.count
        if cells.count == count { return true }
        if cells.count < count { return cells.count > columns.last && layout.skippedLines == 0 }
        return cells.count == count + 1 && cells[count].count == 0 || layout.dialect == .binanceKlines
    }

    @inline(__always)
    private mutating func time(_ cells: CellBuffer) -> Int64? {
        guard let time = scanner.scan(cells[columns.time]) else { return nil }
        guard columns.clock >= 0 else { return time }
        var digits = TimeDigits(cells[columns.clock])
        guard let clock = digits.compactTime() ?? digits.timeOfDay(), digits.isAtEnd else { return nil }
        return time + clock
    }

    @inline(__always)
    private func price(_ cells: CellBuffer, _ column: Int) -> ScannedDecimal {
        let value = cells[column].decimal()
        guard columns.isQuote else { return value }
        let ask = cells[column + 5].decimal()
        guard value.status == .exact, ask.status == .exact else { return .malformed }
        return ScannedDecimal(raw: value.raw / 2 + ask.raw / 2 + (value.raw & 1 + ask.raw & 1) / 2, status: .exact)
    }

    private static func fault(_ cell: Cell, _ value: ScannedDecimal) -> BadRow.Reason? {
        switch value.status {
        case .exact: nil
        case .malformed: cell.trimmed.count == 0 ? .missing : .unparsableNumber
        case .tooLarge: .outOfRange
        // With fewer than four digits left, rounding to eight decimals changes the price itself.
        case .rounded: value.raw.magnitude < 1_000 ? .outOfRange : nil
        }
    }

    private func missingOr(_ cell: Cell) -> BadRow.Reason {
        cell.trimmed.count == 0 ? .missing : .unparsableNumber
    }

    private mutating func keepTicker(_ cells: CellBuffer) -> Bool {
        guard columns.ticker >= 0 else { return true }
        let ticker = cells[columns.ticker]
        if let currentTicker, currentTicker.equals(ticker) { return true }
        guard let symbol = Symbol(ticker.trimmed.text) else { return false }
        currentTicker = ticker
        if let known = series.firstIndex(where: { $0.symbol == symbol }) {
            current = known
        } else {
            current = series.count
            series.append(RawRows(symbol: symbol))
        }
        return true
    }

    private mutating func keepEnd(_ cells: CellBuffer, _ line: Int, after time: Int64) -> Bool {
        guard let end = endScanner.scan(cells[columns.end]) else {
            refuse(line, columns.end, cells, .unparsableTime)
            return false
        }
        guard end > time else {
            refuse(line, columns.end, cells, .endsBeforeStart)
            return false
        }
        series[current].end.append(end)
        return true
    }

    private mutating func keepActions(_ cells: CellBuffer, _ line: Int, _ time: Int64) -> Bool {
        for (column, kind, nothing) in [
            (columns.dividend, CorporateAction.Kind.dividend, 0.0), (columns.split, .split, 1.0),
        ] where column >= 0 {
            guard let value = cells[column].double() else {
                refuse(line, column, cells, missingOr(cells[column]))
                return false
            }
            guard value >= 0, value < 10_000 else {
                refuse(line, column, cells, .outOfRange)
                return false
            }
            guard value != nothing, value > 0 else { continue }
            let date = Timestamp(nanoseconds: time).date
            series[current].actions.append(CorporateAction(date: date, kind: kind, value: value))
        }
        return true
    }

    private mutating func refuseTime(_ cells: CellBuffer, _ line: Int) {
        let isEmpty = cells[columns.time].trimmed.count == 0
        refuse(line, columns.time, cells, isEmpty ? .missing : .unparsableTime)
    }

    private mutating func refuseLowest(_ cells: CellBuffer, _ line: Int, _ prices: [ScannedDecimal]) {
        let order = [columns.open, columns.high, columns.low, columns.close]
        let index = prices.firstIndex { $0.raw <= 0 } ?? 0
        refuse(line, order[index], cells, .priceNotPositive)
    }

    private mutating func refuseBounds(_ cells: CellBuffer, _ line: Int, open: Int64, high: Int64, close: Int64) {
        let isHigh = high < max(open, close)
        refuse(line, isHigh ? columns.high : columns.low, cells, .highLowDoNotBound)
    }

    private mutating func refuse(_ line: Int, _ column: Int, _ cells: CellBuffer, _ reason: BadRow.Reason) {
        refuse(line, layout.name(column), cells[column].text, reason)
    }

    @inline(never)
    private mutating func refuse(_ line: Int, _ column: String?, _ text: String, _ reason: BadRow.Reason) {
        bad.append(BadRow(line: line, column: column, text: text, reason: reason))
    }

    private func rowText(_ cells: CellBuffer) -> String { cells.texts.joined(separator: ",") }
}
