import Configuration
import Determinism
import MarketData
import TradingModel
import TradingStore

extension DataCommand {
    static let list = Command(
        "list", "List what is stored: symbol, length, bars, from when to when, source",
        discussion: "A damaged file is named on standard error; the others are listed, and the exit code is 1.",
        examples: [
            .init("bellwether data list", "A table"), .init("bellwether data list --json", "One object a series"),
        ]
    ) { call in
        guard let store = try store(call) else { return try tellEmpty(call.console) }
        let keys = try store.keys()
        let ticks = try store.symbolsWithTrades()
        guard !(keys.isEmpty && ticks.isEmpty) else { return try tellEmpty(call.console) }
        let bars = keys.map { key in row(key.name, call.console) { StoredRow(try store.listing(key)) } }
        let trades = ticks.map { symbol in
            row("trades of \(symbol)", call.console) { StoredRow(symbol, try store.trades(symbol)) }
        }
        let rows = bars + trades
        try show(rows.compactMap(\.self), call.console)
        return rows.contains { $0 == nil } ? .failed : .done
    }

    /// A row; nil, and said so, where its file is damaged.
    private static func row(_ name: String, _ console: Console, _ make: () throws -> StoredRow) -> StoredRow? {
        do { return try make() } catch {
            console.fail("\(name): \(error)".escapingControls, code: "damaged")
            return nil
        }
    }

    private static func tellEmpty(_ console: Console) throws -> ExitCode {
        if !console.isJSON { try console.print("nothing is stored yet; 'bellwether data import FILE' imports bars") }
        return .done
    }

    private static func show(_ rows: [StoredRow], _ console: Console) throws {
        guard !console.isJSON else {
            for row in rows { try console.print(row.object) }
            return
        }
        var table = Table([
            .text("symbol"), .text("length"), .number("bars"), .text("first"), .text("last"), .text("prices"),
            .text("source"),
        ])
        for row in rows { table.add(row.cells) }
        try console.print(table.lines(width: console.profile.width, style: console.style))
    }
}

/// One line of the list of what is stored.
struct StoredRow {
    let symbol: Symbol
    let length: String
    let count: Int
    let first: Timestamp?
    let last: Timestamp?
    let info: BarFileInfo?

    /// Bars.
    init(_ listing: BarListing) {
        let kind = listing.key.kind == .trades ? "" : " \(listing.key.kind.rawValue)"
        symbol = listing.key.symbol
        length = "\(listing.key.length)\(kind)"
        (count, first, last) = (listing.count, listing.first, listing.last)
        info = listing.info
    }

    /// Single trades.
    init(_ symbol: Symbol, _ trades: [TradeTick]) {
        self.symbol = symbol
        length = "trades"
        (count, first, last) = (trades.count, trades.first?.time, trades.last?.time)
        info = nil
    }

    var cells: [Table.Cell] {
        [
            "\(symbol)", "\(length)", "\(NumberText.grouped(count))", "\(day(first))", "\(day(last))",
            "\(info?.basis?.words ?? "-")", "\(source)",
        ]
    }

    var object: JSONValue {
        [
            "type": "series", "symbol": .text(symbol.name), "length": .text(length), "bars": .integer(count),
            "first": first.map { .text("\($0)") } ?? .null, "last": last.map { .text("\($0)") } ?? .null,
            "asset_class": info.map { .text($0.instrument.assetClass.rawValue) } ?? .null,
            "prices": info?.basis.map { .text($0.option) } ?? .null,
            "imports": .list((info?.imports ?? []).map(StoredRow.object)),
        ]
    }

    private func day(_ time: Timestamp?) -> String { time.map { "\($0.date)" } ?? "-" }

    private var source: String {
        guard let last = info?.imports.last else { return "-" }
        let others = (info?.imports.count ?? 1) - 1
        return others > 0 ? "\(last.file) and \(others) more" : last.file
    }

    private static func object(_ record: ImportRecord) -> JSONValue {
        [
            "file": .text(record.file), "dialect": .text(record.dialect.rawValue), "zone": .text(record.zone),
            "at": .text("\(record.importedAt)"), "added": .integer(record.added),
            "replaced": .integer(record.replaced),
            "adjusted_to": record.adjustedTo.map { .text($0.option) } ?? .null,
        ]
    }
}
