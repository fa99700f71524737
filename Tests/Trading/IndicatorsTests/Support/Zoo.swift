import Indicators

/// Every indicator with many parameters.
enum Zoo {
    static let periods: [Period] = [1, 2, 3, 5, 14, 20, 50, 127]

    static var prices: [any PriceIndicator] {
        periods.flatMap { period -> [any PriceIndicator] in
            [
                SMA(period), EMA(period), WMA(period), RSI(period), ROC(period), Return(period),
                Return(period, .logarithmic), StandardDeviation(period), StandardDeviation(period, .sample),
                BollingerBands(period), BollingerBands(period, deviations: 0.5),
                MACD(fast: 3, slow: period, signal: 4), MACD(fast: period, slow: 26, signal: 9, start: .apart),
                MACD(fast: 12, slow: 26, signal: period),
            ]
        }
    }

    static var bars: [any BarIndicator] {
        let fixed: [any BarIndicator] = [TrueRange(), OBV(), OBV(start: .zero), VWAP()]
        return fixed
            + periods.flatMap { period -> [any BarIndicator] in
                [
                    ATR(period), ADX(period), ADX(period, start: .full), DirectionalMovement(period),
                    DirectionalMovement(period, start: .full), Donchian(period), Donchian(period, .beforePresent),
                    Stochastic(period), Stochastic(period, smoothing: 1, signal: 5), RollingVWAP(period),
                    Stochastic(5, smoothing: period, signal: period),
                ]
            }
    }
}
