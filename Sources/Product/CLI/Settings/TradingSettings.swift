import Configuration

/// What is traded and within which limits.
struct TradingSettings: Sendable, Hashable {
    /// The cash a paper desk or a backtest begins with, in the account's currency.
    var capital = 1_000_000.0
    /// What the risk gate allows.
    var riskManagement = RiskSettings()
    /// What trading costs and how long it takes on the simulated exchange.
    var execution = ExecutionSettings()
    /// What is traded.
    var symbols = SymbolSettings()

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        capital = section.value("capital", .number(.above(0, upTo: 1e10)), default: capital)
        riskManagement = RiskSettings(section.section("risk_management"))
        execution = ExecutionSettings(section.section("execution"))
        symbols = SymbolSettings(section.section("symbols"))
    }
}

/// What is traded.
struct SymbolSettings: Sendable, Hashable {
    /// Shares and funds.
    var stocks = ["AAPL", "GOOGL", "MSFT", "TSLA"]
    /// Crypto pairs, `BASE/QUOTE`.
    var crypto = ["BTC/USDT", "ETH/USDT", "BNB/USDT"]

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        stocks = section.value("stocks", .list(of: .symbol, atMost: 1000), default: stocks)
        crypto = section.value("crypto", .list(of: .symbol, atMost: 1000), default: crypto)
        if stocks.isEmpty, crypto.isEmpty { section.conflict("stocks", "nothing is traded; name a stock or a pair") }
        for repeated in SymbolSettings.repeated(stocks + crypto) {
            let key = crypto.contains(repeated) ? "crypto" : "stocks"
            section.conflict(key, "'\(repeated)' is listed twice; allowed: once")
        }
    }

    private static func repeated(_ symbols: [String]) -> [String] {
        var seen: Set<String> = []
        var found: [String] = []
        for symbol in symbols where !seen.insert(symbol).inserted && !found.contains(symbol) { found.append(symbol) }
        return found
    }
}

/// What trading costs and how long it takes on the simulated exchange.
struct ExecutionSettings: Sendable, Hashable {
    /// How much worse than the quoted price an order that takes liquidity trades, as a fraction of the price.
    var maxSlippage = 0.001
    /// How long an order is under way before it can trade.
    var executionDelay = Duration.milliseconds(100)
    /// The venue's fee, as a fraction of what is traded.
    var feeRate = 0.001
    /// The distance between bid and ask, as a fraction of the price.
    var spread = 0.0
    /// The share of a bar's volume that one order may take; nil for no bound.
    var volumeParticipation: Double? = 0.1
    /// The yearly rate on shares sold short, as a fraction of their value.
    var borrowRate = 0.0
    /// The rate of one funding time on crypto positions: above zero long ones pay it and short ones receive it.
    var fundingRate = 0.0
    /// The time between two funding times.
    var fundingInterval = Duration.seconds(28_800)

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        maxSlippage = section.value("max_slippage", .fraction(.from(0, upTo: 0.5)), default: maxSlippage)
        executionDelay = section.value(
            "execution_delay", .duration(.zero ... .seconds(3600), unit: "ms"), default: executionDelay)
        feeRate = section.value("fee_rate", .fraction(.from(0, upTo: 0.5)), default: feeRate)
        spread = section.value("spread", .fraction(.from(0, upTo: 0.5)), default: spread)
        volumeParticipation = section.value(
            "volume_participation", ValueKind.fraction().optional, default: volumeParticipation)
        borrowRate = section.value("borrow_rate", .fraction(.from(0, upTo: 10)), default: borrowRate)
        fundingRate = section.value("funding_rate", .fraction(.from(-0.1, upTo: 0.1)), default: fundingRate)
        fundingInterval = section.value(
            "funding_interval", .duration(.seconds(60) ... .seconds(31_536_000), unit: "s"), default: fundingInterval)
    }
}

extension ValueKind where Value == String {
    /// The name of an instrument, `AAPL` or `BTC/USDT`.
    static var symbol: ValueKind {
        ValueKind.text("SYMBOL").checked(allowed: "1 to 40 letters, digits and . - _ / : ^ =") { text in
            let isWellFormed = text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: ".-_/:^=".utf8.contains(byte)
                }
            }
            return isWellFormed && text.utf8.count <= 40 ? nil : "is no symbol"
        }
    }
}
