import TradingModel

/// Tells a symbol from a file's name, and shares from crypto.
enum SymbolInference {
    private static let extensions: Set<String> = ["gz", "zip", "csv", "json", "txt", "tsv", "dat"]
    private static let sources: Set<String> = [
        "wiki", "yahoofinance", "yahoo", "quandl", "binance", "binanceus", "coinbase", "kraken", "bitstamp", "bybit",
        "bitfinex", "gemini", "stooq", "alphavantage", "tiingo", "poloniex", "okx",
    ]
    private static let bases: Set<String> = [
        "BTC", "XBT", "ETH", "LTC", "XRP", "ADA", "SOL", "DOGE", "DOT", "AVAX", "BNB", "BCH", "LINK", "MATIC", "UNI",
        "ATOM", "ETC", "XLM", "TRX", "SHIB", "EOS", "XMR", "NEO", "DASH", "ZEC", "ALGO", "FIL", "AAVE", "NEAR", "APT",
        "ARB", "OP", "SUI", "PEPE", "TON", "ICP", "XTZ",
    ]
    private static let quotes = [
        "USDT", "USDC", "BUSD", "TUSD", "FDUSD", "USD", "EUR", "GBP", "JPY", "BTC", "ETH", "PERP",
    ]
    private static let venues: Set<String> = [
        "crypto", "cryptofuture", "binance", "binanceus", "coinbase", "bybit", "kraken", "bitstamp", "bitfinex", "gdax",
        "mtgox", "okx", "poloniex",
    ]

    /// The symbol in a path such as `daily/AAPL_2012-2014.csv.gz`; nil where the name does not clearly begin with one.
    static func symbol(path: String) -> Symbol? {
        if let lean = LeanName(path) { return Symbol(lean.symbol) }
        var parts = stem(path).split(whereSeparator: { $0 == "_" || $0 == " " }).map(String.init)
        while parts.count > 1, sources.contains(parts[0].lowercased()) { parts.removeFirst() }
        guard let first = parts.first else { return nil }
        if parts.count == 2, parts[1].count == 1, parts[1].allSatisfy(\.isUppercase) {
            return checked(first + "_" + parts[1])
        }
        return dashed(first)
    }

    private static func stem(_ path: String) -> String {
        var name = String(path.split(separator: "/").last ?? "")
        while let dot = name.lastIndex(of: "."), extensions.contains(name[name.index(after: dot)...].lowercased()) {
            name = String(name[..<dot])
        }
        return name
    }

    private static func dashed(_ name: String) -> Symbol? {
        var tokens = name.split(separator: "-").map(String.init)
        while tokens.count > 1, sources.contains(tokens[0].lowercased()) { tokens.removeFirst() }
        if tokens.count > 1, let quote = tokens.dropFirst().first, isPair(tokens[0] + quote) {
            return checked(tokens[0] + "-" + quote)
        }
        while tokens.count > 1, let last = tokens.last, last.count >= 4, Int(last) != nil { tokens.removeLast() }
        guard tokens.count <= 2, tokens.count == 1 || tokens.allSatisfy({ $0.allSatisfy { !$0.isLowercase } }) else {
            return nil
        }
        return checked(tokens.joined(separator: "-"))
    }

    private static func checked(_ name: String) -> Symbol? {
        let upper = name.uppercased()
        guard upper.count <= 12, upper.contains(where: \.isLetter) else { return nil }
        return Symbol(upper)
    }

    /// True for a known coin followed by a known currency.
    private static func isPair(_ name: String) -> Bool {
        let plain = name.uppercased().filter { !"-/_:".contains($0) }
        return quotes.contains { plain.hasSuffix($0) && bases.contains(String(plain.dropLast($0.count))) }
    }

    /// The class of an instrument, with the reason in words.
    static func assetClass(_ symbol: Symbol?, path: String, dialect: ImportDialect) -> (AssetClass, because: String) {
        if let symbol, isPair(symbol.name) { return (.crypto, "\(symbol) is a coin and a currency") }
        switch dialect {
        case .binanceKlines, .coinbaseCandles, .goCryptoTrader: return (.crypto, "a crypto exchange writes such files")
        default: break
        }
        let folders = path.split(separator: "/").suffix(5).dropLast().map { $0.lowercased() }
        if let venue = folders.first(where: venues.contains) { return (.crypto, "it lies in a folder called \(venue)") }
        return (.equity, "nothing says crypto")
    }
}
