import Determinism
import WorkflowModel

/// What a trigger remembers between observations, and across restarts.
struct TriggerState: Sendable, Hashable, Codable {
    struct Reference: Sendable, Hashable, Codable {
        var price: Double
        var time: Timestamp
    }

    /// What was compared with the threshold.
    struct Measure: Sendable, Hashable, Codable {
        /// A number, or the word of a priority; null where it could not be told.
        var value: Value
        /// What a number is measured from: a price, an average volume.
        var reference: Double?
        var time: Timestamp
    }

    struct Pause: Sendable, Hashable, Codable {
        var by: String
        var since: Timestamp
    }

    /// When it was made or last looked: nothing earlier is looked at.
    var clock: Timestamp
    var evaluations = 0
    var firings = 0
    var lastEvaluation: Timestamp?
    var lastFiring: Firing?
    /// Why it did not fire when it last looked; nil where it did.
    var reason: String?
    var pause: Pause?
    /// What it compared with its threshold last; nil where it never could, and in what was kept before this was.
    var measure: Measure?
    /// The price that moves are measured from.
    var reference: Reference?
    /// The volumes before the present bar, oldest first.
    var volumes: [Double] = []
    /// Whether a level may fire: it has been low enough since the last firing.
    var armed = true
    /// Whether a volatility index was ever seen.
    var indexSeen = false
    /// Scheduled times up to here are dealt with.
    var position: Timestamp
    /// The webhook deliveries that fired last, oldest first.
    var deliveries: [String] = []

    init(startingAt start: Timestamp) {
        clock = start
        position = start
        reason = "nothing that concerns it has been seen yet"
    }
}
