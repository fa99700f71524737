import Determinism
import TradingModel

/// When there is news of a simulated instrument, what it says, and whether anything follows.
struct NewsChance: Sendable {
    private let instrument: Instrument
    private let chance: DailyChance

    /// News of one day.
    private struct Item {
        let isGood: Bool
        let isTrue: Bool
        let hour: Double
        let template: Int
    }

    init(_ instrument: Instrument, seed: UInt64) {
        self.instrument = instrument
        chance = DailyChance(seed: seed, name: "news/\(instrument.symbol.name)")
    }

    /// What the day's news adds to the next day's return, in deviations of the instrument's own return.
    func effect(on date: CivilDate) -> Double {
        guard let item = item(on: date), item.isTrue else { return 0 }
        return item.isGood ? 0.4 : -0.4
    }

    /// The day's headline; nil on most days.
    func headline(on date: CivilDate) -> Headline? {
        guard let item = item(on: date) else { return nil }
        let minutes = Int64(item.hour * 60)
        return Headline(
            published: Timestamp(date) + .seconds(minutes * 60), symbols: [instrument.symbol],
            title: title(item), source: "SIMULATED")
    }

    /// On one day in 25, between 11:00 and 21:00 UTC; a quarter of it is mere noise.
    private func item(on date: CivilDate) -> Item? {
        var random = chance.random(on: date, for: .news)
        guard random.uniform() < 0.04 else { return nil }
        return Item(
            isGood: random.uniform() < 0.5, isTrue: random.uniform() < 0.75, hour: 11 + 10 * random.uniform(),
            template: Int(random.next() >> 33))
    }

    private func title(_ item: Item) -> String {
        let templates = NewsChance.templates(instrument.assetClass, isGood: item.isGood)
        return "\(instrument.symbol) \(templates[item.template % templates.count])"
    }

    private static func templates(_ assetClass: AssetClass, isGood: Bool) -> [String] {
        switch (assetClass, isGood) {
        case (.equity, true): goodForEquity
        case (.equity, false): badForEquity
        case (.crypto, true): goodForCrypto
        case (.crypto, false): badForCrypto
        }
    }

    private static let goodForEquity = [
        "beats quarterly earnings expectations and raises its outlook", "upgraded to buy as analysts see strong growth",
        "wins dismissal of a lawsuit over its patents", "launches a new product to strong demand",
        "reports record revenue and announces a share buyback",
    ]
    private static let badForEquity = [
        "misses quarterly earnings expectations and cuts its outlook",
        "downgraded to sell as analysts fear weak demand",
        "sued by regulators over alleged fraud", "recalls a product after reports of a defect",
        "warns of a loss and announces layoffs",
    ]
    private static let goodForCrypto = [
        "rallies as adoption grows among institutions", "gains after a successful network upgrade",
        "sees record inflows into funds",
    ]
    private static let badForCrypto = [
        "falls as regulators investigate an exchange", "drops after a hack of a large wallet",
        "sees heavy outflows amid fear of a crackdown",
    ]
}
