/// What starts a workflow without a person.
public struct TriggerDefinition: Sendable, Hashable {
    /// What it looks at and when it fires.
    public enum Kind: Sendable, Hashable {
        /// A cron expression of five fields, in a time zone such as `America/New_York`.
        case schedule(cron: String, timeZone: String, missed: MissedFirePolicy)
        /// A price that moved by a share of itself (0.02 is 2 %) since the trigger last fired or began.
        case priceChange(symbol: String, threshold: Double, direction: PriceDirection)
        /// A volume of so many times the average.
        case volumeSpike(symbol: String, multiplier: Double)
        /// A volatility index at or above a level.
        case volatility(symbol: String?, level: Double)
        /// News with one of the words and a sentiment of at least so much in size.
        case newsSentiment(keywords: [String], threshold: Double)
        /// News from one of the sources with at least that priority; no sources means any.
        case breakingNews(sources: [String], priority: Priority)
        /// A person.
        case manual
        /// A signed message from outside, by the name it is sent to.
        case webhook(name: String)
    }

    /// What it looks at.
    public var kind: Kind
    /// The least time between two firings.
    public var cooldown: Duration

    /// A trigger.
    public init(_ kind: Kind, cooldown: Duration = .zero) {
        self.kind = kind
        self.cooldown = cooldown
    }

    /// The name of its type in documents: `schedule`, `price_change`…
    public var type: String {
        switch kind {
        case .schedule: "schedule"
        case .priceChange: "price_change"
        case .volumeSpike: "volume_spike"
        case .volatility: "volatility"
        case .newsSentiment: "news_sentiment"
        case .breakingNews: "breaking_news"
        case .manual: "manual"
        case .webhook: "webhook"
        }
    }
}

/// What happens to firings that fell into a time when nothing was running.
public enum MissedFirePolicy: String, Sendable, Hashable, CaseIterable {
    /// They are forgotten.
    case skip
    /// The latest one is made up for.
    case once
    /// All of them are made up for, in order.
    case all
}

/// Which way a price must move.
public enum PriceDirection: String, Sendable, Hashable, CaseIterable {
    /// Either way.
    case any
    /// Up.
    case up
    /// Down.
    case down
}
