/// The parts of a risk score, 0 (calm) to 1 (dangerous) each.
///
/// The scales say where danger begins and is complete: volatility 10 % to 60 % a year, a shortfall as of a normal
/// distribution with such a volatility, a drawdown of half, a correlation of one, five bars to sell.
struct RiskScores {
    let volatility: Double
    let yearlyShortfall: Double
    let drawdown: Double
    let correlation: Double?
    let liquidity: RiskReading.Liquidity?

    var all: [Observation] {
        [
            part("volatility", (volatility - 0.1) / 0.5, 0.30, "volatility \(Wording.percent(volatility)) a year"),
            part(
                "tail", (yearlyShortfall / 2.0627128075074266 - 0.1) / 0.5, 0.20,
                "the worst twentieth of bars lost as much as at \(Wording.percent(yearlyShortfall / 2.0627)) a year"),
            part("drawdown", drawdown / 0.5, 0.20, "maximum drawdown \(Wording.percent(drawdown))"),
        ]
            + [
                correlation.map {
                    part("correlation", $0, 0.15, "correlation \(Wording.fixed($0)) with what is held")
                },
                liquidity.map {
                    part(
                        "liquidity", $0.barsToLiquidate / 5, 0.15,
                        "\(Wording.fixed($0.barsToLiquidate)) bars to sell the position")
                },
            ].compactMap { $0 }
    }

    private func part(_ name: String, _ score: Double, _ weight: Double, _ text: String) -> Observation {
        Observation(name: name, score: score.unit.clampedToZero, weight: weight, text: text)
    }
}
