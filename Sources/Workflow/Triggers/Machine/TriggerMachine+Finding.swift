import Determinism
import WorkflowModel

extension TriggerMachine {
    /// The window over which volumes are averaged, in bars.
    public static let volumeBars = 20

    /// A level fires again once it has been under this share of the threshold.
    public static let rearmShare = 0.95

    /// How many webhook deliveries a trigger remembers.
    static let deliveriesKept = 1_000

    /// What an observation means to this trigger; learns from it whether or not anything fires.
    mutating func find(_ observation: Observation, at time: Timestamp) -> Finding {
        switch (definition.kind, observation) {
        case (.schedule, _):
            return findDue(at: time)
        case (.priceChange(let symbol, let threshold, let direction), _):
            guard let price = observation.price(of: symbol) else { return .foreign }
            return findMove(Move(symbol: symbol, threshold: threshold, direction: direction), to: price, at: time)
        case (.volumeSpike(let symbol, let multiplier), .bar(let bar)) where bar.symbol == symbol:
            return findSpike(in: bar, multiplier: multiplier, at: time)
        case (.volatility(let symbol, let level), _):
            return findLevel(level, of: symbol, in: observation, at: time)
        case (.newsSentiment(let keywords, let threshold), .news(let news)):
            return findSentiment(in: news, keywords: keywords, threshold: threshold, at: time)
        case (.breakingNews(let sources, let priority), .news(let news)):
            return findBreaking(in: news, sources: sources, priority: priority, at: time)
        case (.manual, .manual(let person, let input)):
            return .causes([Cause(text: "started by \(person)", input: input)])
        case (.webhook(let name), .webhook(let delivery)) where delivery.name == name:
            return findDelivery(delivery)
        default: return .foreign
        }
    }

    /// Takes note of what is compared with the threshold.
    mutating func measure(_ value: Value, from reference: Double? = nil, at time: Timestamp) {
        state.measure = TriggerState.Measure(value: value, reference: reference, time: time)
    }

    /// Takes note of what it fired at.
    mutating func settle(_ observation: Observation, at time: Timestamp) {
        switch definition.kind {
        case .priceChange(let symbol, _, _):
            if let price = observation.price(of: symbol) {
                state.reference = TriggerState.Reference(price: price, time: time)
            }
        case .volatility:
            state.armed = false
        case .webhook:
            guard case .webhook(let delivery) = observation else { return }
            state.deliveries = state.deliveries.suffix(TriggerMachine.deliveriesKept - 1) + [delivery.id]
        default: break
        }
    }

    private func findDelivery(_ delivery: WebhookDelivery) -> Finding {
        guard !state.deliveries.contains(delivery.id) else {
            return .quiet("the message '\(delivery.id)' has fired before")
        }
        let input: Value = .object([
            "trigger": "webhook", "name": .text(delivery.name), "id": .text(delivery.id), "body": delivery.body,
        ])
        return .causes([
            Cause(text: "the message '\(delivery.id)' to \(delivery.name)", input: input, key: delivery.id)
        ])
    }
}

extension Observation {
    /// The price of a symbol that it tells: the close of a bar.
    func price(of symbol: String) -> Double? {
        switch self {
        case .bar(let bar) where bar.symbol == symbol: bar.close
        case .price(symbol, let price): price
        default: nil
        }
    }
}
