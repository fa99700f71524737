public import Determinism
public import WorkflowModel

/// How a trigger stands: what `workflow status` shows of it.
public struct TriggerStatus: Sendable, Hashable, Codable {
    /// Its last firing, short.
    public struct LastFiring: Sendable, Hashable, Codable {
        /// When it was decided.
        public let time: Timestamp
        /// The firing's id.
        public let id: String
        /// Why, in words.
        public let cause: String
    }

    /// Its name in the workflow.
    public let name: String
    /// Its type: `schedule`, `price_change`…
    public let type: String
    /// Whether it is paused.
    public let paused: Bool
    /// How often it looked at something that concerned it.
    public let evaluations: Int
    /// How often it fired.
    public let firings: Int
    /// When it last looked; nil where it never did.
    public let lastEvaluation: Timestamp?
    /// Its last firing; nil where it never fired.
    public let lastFiring: LastFiring?
    /// Why it did not fire when it last looked, in words with numbers; nil where it did.
    public let notFiredBecause: String?
    /// When its schedule names a time next; nil for other types.
    public let nextScheduled: Timestamp?

    /// A number or the words of the rule; null where it has none.
    public let threshold: Value
    /// What it compared with its threshold last, in the same measure; null where it never could.
    public let lastValue: Value
    /// What a number is measured from: the price that moves count from, the average volume; nil where there is none.
    public let reference: Double?
    /// When it saw `lastValue`, or that it could not tell it; nil where it never looked at any.
    public let checkedAt: Timestamp?

    private enum CodingKeys: String, CodingKey {
        case name, type, paused, evaluations, firings, threshold, reference
        case lastValue = "last_value"
        case checkedAt = "checked_at"
        case lastEvaluation = "last_evaluation"
        case lastFiring = "last_firing"
        case notFiredBecause = "not_fired_because"
        case nextScheduled = "next_scheduled"
    }
}

extension TriggerMachine {
    /// How it stands.
    public var status: TriggerStatus {
        TriggerStatus(
            name: name, type: definition.type, paused: isPaused, evaluations: state.evaluations,
            firings: state.firings, lastEvaluation: state.lastEvaluation,
            lastFiring: state.lastFiring.map { .init(time: $0.time, id: $0.id, cause: $0.cause) },
            notFiredBecause: state.reason, nextScheduled: nextScheduled, threshold: definition.kind.threshold,
            lastValue: state.measure?.value ?? .null, reference: state.measure?.reference,
            checkedAt: state.measure?.time)
    }
}

extension TriggerDefinition.Kind {
    /// A number or the words of the rule; null where it has none.
    var threshold: Value {
        switch self {
        case .schedule(let cron, let zone, _): .text("\(cron) \(zone)")
        case .priceChange(_, let threshold, _): .number(threshold)
        case .volumeSpike(_, let multiplier): .number(multiplier)
        case .volatility(_, let level): .number(level)
        case .newsSentiment(_, let threshold): .number(threshold)
        case .breakingNews(_, let priority): .text(priority.name)
        case .webhook(let name): .text(name)
        case .manual: .null
        }
    }
}
