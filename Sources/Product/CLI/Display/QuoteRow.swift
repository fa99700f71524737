import Determinism
import MarketData
import TradingModel

/// One line of quotes: a share's quote or a crypto pair's ticker.
struct QuoteRow {
    private enum Kind {
        case stock(StockQuote)
        case crypto(CryptoTicker)
    }

    private let kind: Kind
    private let source: String
    private let isSimulated: Bool

    /// What bars say; nil for no bars.
    init?(_ symbol: Symbol, _ assetClass: AssetClass, _ bars: some BarSource, source: String, isSimulated: Bool) {
        let stock = assetClass == .crypto ? nil : StockQuote(symbol, bars).map(Kind.stock)
        guard let kind = stock ?? CryptoTicker(symbol, bars).map(Kind.crypto) else { return nil }
        self.kind = kind
        self.source = source
        self.isSimulated = isSimulated
    }

    var cells: [Table.Cell] {
        let marked = isSimulated ? "SIMULATED \(source)" : source
        switch kind {
        case .stock(let quote):
            return [
                "\(quote.symbol)", "\(quote.price)", "\(QuoteRow.volume(quote.volume))", "-",
                "\(quote.marketCap.map { NumberText.decimal($0.double) } ?? "-")",
                "\(quote.peRatio.map { NumberText.decimal($0) } ?? "-")", "\(quote.time)", "\(marked)",
            ]
        case .crypto(let ticker):
            return [
                "\(ticker.symbol)", "\(ticker.last)", "\(QuoteRow.volume(ticker.baseVolume))",
                "\(ticker.percentage.map { NumberText.percent($0 / 100, signed: true) } ?? "-")", "-", "-",
                "\(ticker.time)", "\(marked)",
            ]
        }
    }

    var object: JSONValue {
        var entries: [String: JSONValue] = ["source": .text(source), "simulated": .bool(isSimulated)]
        switch kind {
        case .stock(let quote):
            entries.merge([
                "type": "quote", "symbol": .text(quote.symbol.name), "time": .text("\(quote.time)"),
                "price": .text("\(quote.price)"), "volume": QuoteRow.number(quote.volume),
                "market_cap": QuoteRow.number(quote.marketCap?.double), "pe_ratio": QuoteRow.number(quote.peRatio),
            ]) { $1 }
        case .crypto(let ticker):
            entries.merge([
                "type": "ticker", "symbol": .text(ticker.symbol.name), "time": .text("\(ticker.time)"),
                "last": .text("\(ticker.last)"), "baseVolume": QuoteRow.number(ticker.baseVolume),
                "percentage": QuoteRow.number(ticker.percentage),
            ]) { $1 }
        }
        return .object(entries)
    }

    private static func volume(_ volume: Double?) -> String {
        guard let volume else { return "-" }
        return NumberText.decimal(volume, decimals: volume == volume.rounded() ? 0 : 4)
    }

    private static func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
}
