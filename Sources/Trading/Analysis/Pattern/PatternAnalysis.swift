public import TradingModel

/// The pattern node: candlestick patterns and breaks of levels at which the price turned before.
///
/// A sighting counts in full on its bar, six tenths a bar later and a third two bars later; a volume of 1.5 times its
/// mean makes it a quarter stronger, one under 0.7 times three tenths weaker. Sightings of one direction join as
/// independent chances, 1 - (1 - a)(1 - b), and the two directions are set against each other.
public struct PatternAnalysis: Sendable, Hashable, Codable {
    /// Bars an instrument must have.
    public static let barsNeeded = 30
    private static let agePortions = [1, 0.6, 0.33]

    /// The node.
    public init() {}

    /// Reads every instrument asked for that has bars enough.
    public func assess(_ window: MarketWindow, _ instruments: [InstrumentID]) -> PatternAssessment {
        PatternAssessment(readings: instruments.canonical.compactMap { read(window.bars($0), $0) })
    }

    /// Reads one instrument; nil for too few bars.
    public func read(_ bars: BarHistory, _ id: InstrumentID) -> PatternReading? {
        guard bars.count >= PatternAnalysis.barsNeeded, let close = bars.close.last,
            let range = Series.averageTrueRange(bars)
        else { return nil }
        let levels = PriceLevels(bars, before: bars.count - 3, tolerance: range / 2)
        var sightings = candles(bars) + breaks(bars, levels, range)
        sightings.sort { ($0.score.magnitude, -$0.age, $1.name) > ($1.score.magnitude, -$1.age, $0.name) }
        return PatternReading(
            instrument: id, sightings: sightings, support: levels.support(close)?.price,
            resistance: levels.resistance(close)?.price, score: score(sightings))
    }

    private func score(_ sightings: [PatternSighting]) -> Double? {
        guard !sightings.isEmpty else { return nil }
        var (noRise, noFall) = (1.0, 1.0)
        for sighting in sightings {
            noRise *= 1 - sighting.score.clampedToZero
            noFall *= 1 - (-sighting.score).clampedToZero
        }
        return (noFall - noRise).unit
    }

    private func candles(_ bars: BarHistory) -> [PatternSighting] {
        var sightings: [PatternSighting] = []
        for age in 0..<PatternAnalysis.agePortions.count {
            for sign in CandleSigns(bars, at: bars.count - 1 - age)?.signs ?? [] {
                sightings.append(sighting(sign.name, sign.strength, age, bars) { "\(sign.name)\($0)" })
            }
        }
        return sightings
    }

    /// A close beyond a level that the close before respected and where the price turned three times or more.
    private func breaks(_ bars: BarHistory, _ levels: PriceLevels, _ range: Double) -> [PatternSighting] {
        var sightings: [PatternSighting] = []
        for age in 0..<PatternAnalysis.agePortions.count {
            let index = bars.count - 1 - age
            let (before, close) = (bars.close[index - 1], bars.close[index])
            if let level = levels.resistance(before, touches: 3), close > level.price + range / 10 {
                sightings.append(levelBreak("resistance break", level, close, age, bars))
            }
            if let level = levels.support(before, touches: 3), close < level.price - range / 10 {
                sightings.append(levelBreak("support break", level, close, age, bars))
            }
        }
        return sightings
    }

    private func levelBreak(
        _ name: String, _ level: PriceLevels.Level, _ close: Double, _ age: Int, _ bars: BarHistory
    ) -> PatternSighting {
        let isUp = close > level.price
        let strength = min(0.7, 0.2 + 0.1 * Double(level.touches)) * (isUp ? 1 : -1)
        let what = isUp ? "resistance" : "support"
        return sighting(name, strength, age, bars) { suffix in
            "close \(Wording.price(close)) broke \(what) \(Wording.price(level.price))\(suffix)"
        }
    }

    private func sighting(
        _ name: String, _ strength: Double, _ age: Int, _ bars: BarHistory, _ text: (String) -> String
    ) -> PatternSighting {
        let index = bars.count - 1 - age
        let relative = Series.mean(bars.volume, last: 20, before: index).flatMap { bars.volume[index].over($0) }
        let confirmation = relative.map { $0 >= 1.5 ? 1.25 : $0 < 0.7 ? 0.7 : 1 } ?? 1
        let volume = relative.map { " on \(Wording.fixed($0, 1))× volume" } ?? ""
        let when = age == 0 ? "" : age == 1 ? ", one bar ago" : ", \(age) bars ago"
        return PatternSighting(
            name: name, age: age, score: (strength * confirmation * PatternAnalysis.agePortions[age]).unit,
            relativeVolume: relative, text: text(volume + when))
    }
}
