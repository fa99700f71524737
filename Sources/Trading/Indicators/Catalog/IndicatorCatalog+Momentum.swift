extension IndicatorCatalog {
    static let momentum: [IndicatorDefinition] = [
        IndicatorDefinition(
            "rsi", "Relative strength index, Wilder's smoothing", [.period(14)], outputs: ["rsi"]
        ) { given throws(IndicatorError) in OverCloses(RSI(try given.period())) },
        IndicatorDefinition(
            "macd", "Difference of two exponential averages, its average and what is between",
            [
                .period(12, named: "fast"), .period(26, named: "slow"), .period(9, named: "signal"),
                .choice("start", MACD.Start.together),
            ],
            outputs: MACDValue.columns, build: macd),
        IndicatorDefinition(
            "stoch", "Slow stochastic: where the close lies in the range of the last bars, smoothed",
            [.period(14), .period(3, named: "smoothing"), .period(3, named: "signal")], outputs: StochasticValue.columns
        ) { given throws(IndicatorError) in
            try Stochastic(
                given.period(), smoothing: given.period("smoothing"), signal: given.period("signal"))
        },
        IndicatorDefinition(
            "roc", "Rate of change of closes, in percent", [.period(10)], outputs: ["roc"]
        ) { given throws(IndicatorError) in OverCloses(ROC(try given.period())) },
        IndicatorDefinition(
            "return", "Return of closes, simple or logarithmic", [.period(1), .choice("kind", Return.Kind.simple)],
            outputs: ["return"]
        ) { given throws(IndicatorError) in
            OverCloses(Return(try given.period(), given.choice("kind", or: .simple)))
        },
    ]

    private static func macd(_ given: ParameterSet) throws(IndicatorError) -> any BarIndicator {
        let indicator = try MACD(
            fast: given.period("fast"), slow: given.period("slow"), signal: given.period("signal"),
            start: given.choice("start", or: .together))
        return OverCloses(indicator)
    }
}
