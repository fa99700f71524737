extension IndicatorCatalog {
    static let trend: [IndicatorDefinition] = [
        IndicatorDefinition(
            "adx", "Average directional index with +DI and -DI",
            [.period(14, from: 2), .choice("start", DirectionalStart.oneShort)], outputs: ADXValue.columns
        ) { given throws(IndicatorError) in
            ADX(try given.period(), start: given.choice("start", or: .oneShort))
        },
        IndicatorDefinition(
            "dmi", "Directional indicators +DI and -DI, without the wait for their average",
            [.period(14, from: 2), .choice("start", DirectionalStart.oneShort)], outputs: DirectionalValue.columns
        ) { given throws(IndicatorError) in
            DirectionalMovement(try given.period(), start: given.choice("start", or: .oneShort))
        },
    ]

    static let volatility: [IndicatorDefinition] = [
        IndicatorDefinition(
            "bbands", "Bollinger bands: a simple average and deviations to both sides",
            [.period(20, from: 2), .real("deviations", 2, 0...100)], outputs: BandValue.columns
        ) { given throws(IndicatorError) in
            OverCloses(BollingerBands(try given.period(), deviations: given.number("deviations")))
        },
        IndicatorDefinition(
            "stddev", "Standard deviation of closes",
            [.period(20, from: 2), .choice("basis", StandardDeviation.Basis.population)], outputs: ["stddev"]
        ) { given throws(IndicatorError) in
            OverCloses(StandardDeviation(try given.period(), given.choice("basis", or: .population)))
        },
        IndicatorDefinition("trange", "True range", [], outputs: ["trange"]) { _ throws(IndicatorError) in
            TrueRange()
        },
        IndicatorDefinition(
            "atr", "Average true range, Wilder's smoothing", [.period(14)], outputs: ["atr"]
        ) { given throws(IndicatorError) in ATR(try given.period()) },
        IndicatorDefinition(
            "donchian", "Highest high and lowest low of the last bars, and their middle",
            [.period(20), .choice("reach", Donchian.Reach.throughPresent)], outputs: BandValue.columns
        ) { given throws(IndicatorError) in
            Donchian(try given.period(), given.choice("reach", or: .throughPresent))
        },
    ]
}
