extension IndicatorCatalog {
    static let averages: [IndicatorDefinition] = [
        IndicatorDefinition(
            "sma", "Simple moving average of closes", [.period(20)], outputs: ["sma"]
        ) { given throws(IndicatorError) in OverCloses(SMA(try given.period())) },
        IndicatorDefinition(
            "ema", "Exponential moving average of closes, started by a simple one", [.period(20)], outputs: ["ema"]
        ) { given throws(IndicatorError) in OverCloses(EMA(try given.period())) },
        IndicatorDefinition(
            "wma", "Linearly weighted moving average of closes", [.period(20)], outputs: ["wma"]
        ) { given throws(IndicatorError) in OverCloses(WMA(try given.period())) },
    ]

    static let volume: [IndicatorDefinition] = [
        IndicatorDefinition(
            "obv", "On-balance volume", [.choice("start", OBV.Start.volume)], outputs: ["obv"]
        ) { given throws(IndicatorError) in OBV(start: given.choice("start", or: .volume)) },
        IndicatorDefinition(
            "vwap", "Volume-weighted average price since the trading day began", [], outputs: ["vwap"]
        ) { _ throws(IndicatorError) in VWAP() },
        IndicatorDefinition(
            "rolling_vwap", "Volume-weighted average price of the last bars", [.period(14)], outputs: ["vwap"]
        ) { given throws(IndicatorError) in RollingVWAP(try given.period()) },
    ]
}
