public import Determinism
import WorkflowModel

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

    private enum CodingKeys: String, CodingKey {
        case name, type, paused, evaluations, firings
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
            notFiredBecause: state.reason, nextScheduled: nextScheduled)
    }
}
