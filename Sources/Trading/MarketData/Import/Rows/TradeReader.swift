import Determinism
import TradingModel

/// Reads single trades.
struct TradeReader {
    private let layout: TableLayout
    private var scanner: TimeScanner
    private(set) var trades: [TradeTick] = []
    private(set) var bad: [BadRow] = []
    private(set) var rows = 0
    private(set) var rounded = 0
    private var latest = Int64.min

    init(_ layout: TableLayout, format: TimeFormat) {
        self.layout = layout
        scanner = TimeScanner(format)
    }

    mutating func read(_ source: inout some RowSource) throws(ImportError) {
        let cells = CellBuffer()
        while try source.next(cells) {
            guard source.line > layout.skippedLines else { continue }
            rows += 1
            if let fault = take(cells) {
                bad.append(
                    BadRow(
                        line: source.line, column: fault.column.flatMap { layout.name($0) },
                        text: fault.column.map { cells[$0].text } ?? cells.texts.joined(separator: ","),
                        reason: fault.reason))
            }
        }
    }

    /// Keeps the trade, or says what is wrong with which column.
    private mutating func take(_ cells: CellBuffer) -> (column: Int?, reason: BadRow.Reason)? {
        guard cells.count == layout.names.count, let time = layout.columns[.time],
            let price = layout.columns[.price], let amount = layout.columns[.amount]
        else { return (nil, .cellCount) }
        guard let moment = scanner.scan(cells[time]) else { return (time, .unparsableTime) }
        guard moment >= latest else { return (time, .outOfOrder) }
        let cost = cells[price].decimal()
        guard cost.status == .exact || cost.status == .rounded else { return (price, .unparsableNumber) }
        guard cost.raw > 0 else { return (price, .priceNotPositive) }
        let size = cells[amount].decimal()
        guard size.status == .exact || size.status == .rounded else { return (amount, .unparsableNumber) }
        guard size.raw >= 0 else { return (amount, .volumeNegative) }
        if cost.status == .rounded || size.status == .rounded { rounded += 1 }
        latest = moment
        trades.append(
            TradeTick(
                time: Timestamp(nanoseconds: moment), price: Price(raw: cost.raw), quantity: Quantity(raw: size.raw),
                aggressor: layout.columns[.side].flatMap { TradeReader.side(cells[$0]) }))
        return nil
    }

    /// Who bids buys at the ask's price; exporters name the side of the one who took the price.
    private static func side(_ cell: Cell) -> Side? {
        switch cell.text.lowercased() {
        case "buy", "b", "bid": .buy
        case "sell", "s", "ask": .sell
        default: nil
        }
    }
}
