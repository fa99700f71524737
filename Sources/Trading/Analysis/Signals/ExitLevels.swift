import TradingModel

/// Where an idea is wrong and where it has paid: two and four average true ranges off, inside the settings' bounds.
struct ExitLevels {
    let target: Price
    let stop: Price

    /// Nil where the price's increment leaves no room on either side of the close.
    init?(_ reading: TechnicalReading, isLong: Bool, _ settings: SignalGeneration, _ instrument: Instrument) {
        guard let close = reading.close, let values = reading.values, close > 0 else { return nil }
        let range = values.averageTrueRange / close
        let stopDistance = min(settings.maximumStop, max(0.01, 2 * range))
        let targetDistance = min(settings.maximumTarget, 2 * stopDistance)
        let step = instrument.priceIncrement
        let sign: Double = isLong ? 1 : -1
        guard let stop = Self.price(close * (1 - sign * stopDistance), step, up: isLong),
            let target = Self.price(close * (1 + sign * targetDistance), step, up: !isLong),
            isLong ? stop.double < close && close < target.double : target.double < close && close < stop.double
        else { return nil }
        self.stop = stop
        self.target = target
    }

    /// Rounded towards the close, so that the bounds hold.
    private static func price(_ value: Double, _ step: Price, up: Bool) -> Price? {
        guard let exact = Price(nearest: value) else { return nil }
        let below = exact.roundedDown(toMultipleOf: step)
        guard up, below != exact else { return below > 0 ? below : nil }
        return try? below + step
    }
}
