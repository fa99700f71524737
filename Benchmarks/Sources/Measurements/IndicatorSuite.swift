import Indicators

/// Every indicator of the catalog over a million one-minute bars, with the periods that the peers are measured with.
enum IndicatorSuite {
    /// An indicator came into the catalog and is not measured.
    struct Unmeasured: Error, CustomStringConvertible {
        let names: [String]
        var description: String { "not measured: \(names.joined(separator: ", ")); add them to IndicatorSuite" }
    }

    static func run() throws -> [Measurement] {
        let inputs = IndicatorInputs()
        let found = averages(inputs) + momentum(inputs) + trend(inputs) + volatility(inputs) + volume(inputs)
        let missing = IndicatorCatalog.standard.names.filter { name in
            !found.contains { $0.name == "indicator.\(name).batch" }
        }
        guard missing.isEmpty else { throw Unmeasured(names: missing) }
        return found
    }

    private static func averages(_ inputs: IndicatorInputs) -> [Measurement] {
        inputs.measure("sma", OverCloses(SMA(50))) + inputs.measure("ema", OverCloses(EMA(50)))
            + inputs.measure("wma", OverCloses(WMA(50)))
    }

    private static func momentum(_ inputs: IndicatorInputs) -> [Measurement] {
        inputs.measure("rsi", OverCloses(RSI(14))) + inputs.measure("macd", OverCloses(MACD()))
            + inputs.measure("stoch", Stochastic(14, smoothing: 3, signal: 3))
            + inputs.measure("roc", OverCloses(ROC(10))) + inputs.measure("return", OverCloses(Return()))
    }

    private static func trend(_ inputs: IndicatorInputs) -> [Measurement] {
        inputs.measure("adx", ADX(14)) + inputs.measure("dmi", DirectionalMovement(14))
    }

    private static func volatility(_ inputs: IndicatorInputs) -> [Measurement] {
        inputs.measure("bbands", OverCloses(BollingerBands(20, deviations: 2)))
            + inputs.measure("stddev", OverCloses(StandardDeviation(20))) + inputs.measure("trange", TrueRange())
            + inputs.measure("atr", ATR(14)) + inputs.measure("donchian", Donchian(20))
    }

    private static func volume(_ inputs: IndicatorInputs) -> [Measurement] {
        inputs.measure("obv", OBV()) + inputs.measure("vwap", VWAP())
            + inputs.measure("rolling_vwap", RollingVWAP(14))
    }
}
