public import TradingModel

/// Instruments for a simulated market.
public enum SimulatedInstruments {
    /// The default watch list: AAPL, GOOGL, MSFT, TSLA, BTC/USDT, ETH/USDT and BNB/USDT.
    public static let watchList: [Instrument] =
        [
            ("AAPL", "Technology"), ("GOOGL", "Communication Services"), ("MSFT", "Technology"),
            ("TSLA", "Consumer Discretionary"),
        ].compactMap { name, sector in equity(name, sector: sector) }
        + [("BTC/USDT", 1_000), ("ETH/USDT", 10_000), ("BNB/USDT", 100_000)].compactMap { name, lot in
            Symbol(name).map {
                Instrument(
                    $0, .crypto, priceIncrement: Price(raw: 1_000_000), lot: Quantity(raw: lot), sector: "Crypto")
            }
        }

    /// The sectors that generated equities are spread over.
    public static let sectors = [
        "Technology", "Financials", "Health Care", "Industrials", "Energy", "Consumer Discretionary",
        "Consumer Staples", "Communication Services", "Utilities", "Materials", "Real Estate",
    ]

    /// So many made-up equities, `SIM001` and on, with the sectors in turn.
    public static func generated(_ count: Int) -> [Instrument] {
        (0..<max(0, count)).compactMap { index in
            let number = String(index + 1)
            let name = "SIM" + String(repeating: "0", count: max(0, 3 - number.count)) + number
            return equity(name, sector: sectors[index % sectors.count])
        }
    }

    private static func equity(_ name: String, sector: String) -> Instrument? {
        Symbol(name).map { Instrument($0, .equity, sector: sector) }
    }
}
