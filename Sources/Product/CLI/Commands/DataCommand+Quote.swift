import Configuration
import Determinism
import MarketData
import TradingModel
import TradingStore

extension DataCommand {
    private static let symbols = Argument.repeatedPositional(
        "symbol", .tradedSymbol, "Imported symbols, or symbols of the newest run")

    static let quote = Command(
        "quote", "Print the last price of symbols, with volume and, for crypto, the move of 24 hours",
        discussion: """
            Taken from the bars that were imported, the newest first, else from those that the newest run has recorded; \
            prices that were made up are marked SIMULATED. What bars do not know, such as a company's worth, stays empty.
            """,
        takes: [symbols.parameter],
        examples: [
            .init("bellwether data quote AAPL BTC/USDT", "A table"),
            .init("bellwether data quote AAPL --json", "price, volume, market_cap and pe_ratio"),
        ]
    ) { call in
        let store = try store(call)
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        var recorded: RecordedBars?
        var rows: [QuoteRow] = []
        for symbol in try call.arguments[symbols] {
            if let row = try stored(symbol, store) {
                rows.append(row)
                continue
            }
            let bars = try recorded ?? RecordedBars(home: home.path)
            recorded = bars
            guard let row = bars.quote(symbol) else {
                throw CommandFailure(
                    "there are no bars of \(symbol), neither imported nor in the newest run; see 'bellwether data list'",
                    code: "not_found")
            }
            rows.append(row)
        }
        try show(rows, call.console)
        return .done
    }

    /// The quote of a stored symbol: of several lengths the one whose bars end last, then the shortest.
    private static func stored(_ symbol: Symbol, _ store: BarStore?) throws -> QuoteRow? {
        guard let store else { return nil }
        var found: (key: BarKey, bars: BarSeries)?
        for key in try store.keys() where key.symbol == symbol && key.kind == .trades {
            let bars = try store.series(key)
            guard bars.count > 0 else { continue }
            guard let best = found else {
                found = (key, bars)
                continue
            }
            let (end, bestEnd) = (bars.end(at: bars.count - 1), best.bars.end(at: best.bars.count - 1))
            if end > bestEnd || (end == bestEnd && key.length < best.key.length) { found = (key, bars) }
        }
        guard let found else { return nil }
        let assetClass = try store.info(found.key).instrument.assetClass
        return QuoteRow(symbol, assetClass, found.bars, source: "imported, \(found.key.length)", isSimulated: false)
    }

    private static func show(_ rows: [QuoteRow], _ console: Console) throws {
        guard !console.isJSON else {
            for row in rows { try console.print(row.object) }
            return
        }
        var table = Table([
            .text("symbol"), .number("price"), .number("volume"), .number("24 h"), .number("market cap"),
            .number("P/E"), .text("known at"), .text("source"),
        ])
        for row in rows { table.add(row.cells) }
        try console.print(table.lines(width: console.profile.width, style: console.style))
    }
}
