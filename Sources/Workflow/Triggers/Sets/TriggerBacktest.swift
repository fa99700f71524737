public import Determinism
public import WorkflowModel

/// Shows history to a workflow's triggers and lists every firing.
public enum TriggerBacktest {
    /// An observation and when it was made.
    public struct Moment: Sendable {
        /// When.
        public let time: Timestamp
        /// What.
        public let observation: Observation

        /// An observation at a time.
        public init(_ time: Timestamp, _ observation: Observation) {
            self.time = time
            self.observation = observation
        }
    }

    /// What came of it.
    public struct Outcome: Sendable, Hashable, Codable {
        /// Every firing, in order.
        public let firings: [Firing]
        /// How every trigger stands at the end, with its counts of evaluations and firings.
        public let triggers: [TriggerStatus]
    }

    /// Shows observations, which must be in order of time, to triggers that begin at `start`.
    ///
    /// Schedules are looked at when they are due, also between observations, and on through `end` where one is given.
    /// Throws for a definition that could never work and for an observation from before the one ahead of it.
    public static func run(
        _ definitions: [TriggerDefinition], of workflow: String, from start: Timestamp, through end: Timestamp? = nil,
        observations: some Sequence<Moment>
    ) throws(TriggerError) -> Outcome {
        var triggers = try TriggerSet(of: workflow, definitions, startingAt: start)
        var firings: [Firing] = []
        var last = start
        for moment in observations {
            guard moment.time >= last else {
                throw TriggerError(.order, "an observation at \(moment.time) follows one at \(last); sort them by time")
            }
            last = moment.time
            firings += due(&triggers, through: last, limit: mostFirings - firings.count)
            firings += triggers.evaluate(moment.observation, at: last)
            try check(firings.count, at: last)
        }
        if let end { firings += due(&triggers, through: end, limit: mostFirings - firings.count) }
        try check(firings.count, at: end ?? last)
        return Outcome(firings: firings, triggers: triggers.status)
    }

    /// The most firings that one backtest lists.
    public static let mostFirings = 1_000_000

    private static func check(_ firings: Int, at time: Timestamp) throws(TriggerError) {
        guard firings >= mostFirings else { return }
        throw TriggerError(.limit, "\(mostFirings) firings by \(time) are too many to list; take a shorter time")
    }

    private static func due(_ triggers: inout TriggerSet, through time: Timestamp, limit: Int) -> [Firing] {
        var firings: [Firing] = []
        while firings.count < limit, let next = triggers.nextScheduled, next <= time {
            firings += triggers.evaluate(.tick, at: next)
            // A time that triggers cannot look at stays due.
            guard let after = triggers.nextScheduled, after > next else { break }
        }
        return firings
    }
}
