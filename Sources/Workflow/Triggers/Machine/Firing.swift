public import Determinism
public import WorkflowModel

/// One firing of a trigger: a run to be started.
public struct Firing: Sendable, Hashable, Codable {
    /// The same for the same trigger and cause in every process: starting a run twice under it starts one.
    public let id: String
    /// The trigger's name in its workflow: its type, with a number where the type comes more than once.
    public let trigger: String
    /// The trigger's type: `schedule`, `price_change`…
    public let type: String
    /// When it was decided.
    public let time: Timestamp
    /// The time of the schedule that it stands for; nil for other types.
    public let scheduled: Timestamp?
    /// Why, in words with numbers.
    public let cause: String
    /// What the run is told.
    public let input: Value

    /// The moment it stands for: that of the schedule, else when it was decided.
    var moment: Timestamp { scheduled ?? time }
}

/// What a trigger made of an observation.
public enum TriggerDecision: Sendable, Hashable {
    /// It fires: once, or for every scheduled time that is made up for, in order; never empty.
    case fired([Firing])
    /// It looked and does not fire; why, in words with numbers.
    case notFired(String)
    /// The observation is none of its business: another symbol, another kind. Not counted as an evaluation.
    case notConcerned

    /// The firings; empty where there are none.
    public var firings: [Firing] {
        guard case .fired(let firings) = self else { return [] }
        return firings
    }
}
