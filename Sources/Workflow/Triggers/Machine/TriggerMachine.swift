public import Determinism
import Storage
public import WorkflowModel

/// Decides when one trigger of a workflow fires.
///
/// A pure value: the same observations at the same times give the same firings, also where it was stopped in between
/// and restored from a snapshot.
public struct TriggerMachine: Sendable {
    /// What it looks at.
    public let definition: TriggerDefinition
    /// Its name in its workflow: its type, with a number where the type comes more than once.
    public let name: String
    /// The workflow it starts.
    public let workflow: String
    let schedule: Schedule?
    let signature: String
    var state: TriggerState
    /// The scheduled time it waits for.
    var upcoming: Timestamp?

    /// A trigger that begins at a moment; throws for a definition that could never work.
    ///
    /// The same definition may come more than once in a workflow; `number` counts those, from 1.
    public init(
        _ definition: TriggerDefinition, of workflow: String, name: String? = nil, number: Int = 1,
        startingAt start: Timestamp
    ) throws(TriggerError) {
        let name = name ?? definition.type
        if let problem = definition.problem { throw TriggerError(.definition, "trigger '\(name)': \(problem)") }
        schedule = try Schedule(of: definition, name: name)
        self.definition = definition
        self.workflow = workflow
        self.name = name
        signature = "\(definition.signature) #\(number)"
        state = TriggerState(startingAt: start)
        upcoming = schedule?.next(after: start)
    }

    /// Whether it is paused.
    public var isPaused: Bool { state.pause != nil }

    /// When its schedule names a time next; nil for other types.
    public var nextScheduled: Timestamp? { upcoming }

    /// Looks at an observation and says whether it fires.
    ///
    /// Observations come in order of time; one from before the last is not looked at. While the trigger is paused or
    /// cools down nothing fires; scheduled times and messages that come then are forgotten, averages go on.
    public mutating func evaluate(_ observation: Observation, at time: Timestamp) -> TriggerDecision {
        guard TriggerMachine.times.contains(time) else { return .notFired("\(time) is outside the years 1970 to 2199") }
        guard time >= state.clock else {
            return .notFired("time went back from \(state.clock) to \(time), and what is past is not looked at")
        }
        let decision: TriggerDecision
        switch find(observation, at: time) {
        case .foreign: return .notConcerned
        case .quiet(let reason): decision = .notFired(reason)
        case .causes(let causes): decision = decide(causes, on: observation, at: time)
        }
        state.clock = time
        state.evaluations += 1
        state.lastEvaluation = time
        if case .notFired(let reason) = decision { state.reason = reason } else { state.reason = nil }
        return decision
    }

    /// Keeps it from firing until it is resumed; scheduled times and messages that come meanwhile are forgotten.
    public mutating func pause(by person: String, at time: Timestamp) {
        guard state.pause == nil else { return }
        state.pause = TriggerState.Pause(by: person, since: time)
    }

    /// Lets it fire again; scheduled times up to this moment are forgotten, whether or not anything ran meanwhile.
    public mutating func resume(at time: Timestamp) {
        guard state.pause != nil else { return }
        state.pause = nil
        state.position = max(state.position, time)
        upcoming = schedule?.next(after: state.position)
    }

    private mutating func decide(
        _ causes: [Cause], on observation: Observation, at time: Timestamp
    ) -> TriggerDecision {
        if let pause = state.pause {
            return .notFired("paused by \(pause.by) since \(pause.since); else it had fired: \(causes[0].text)")
        }
        var firings: [Firing] = []
        var refusal = ""
        for cause in causes {
            if let end = cooling(at: cause.scheduled ?? time) {
                refusal = "cooling down until \(end); else it had fired: \(cause.text)"
            } else {
                firings.append(fire(cause, at: time))
            }
        }
        if firings.isEmpty { return .notFired(refusal) }
        settle(observation, at: time)
        return .fired(firings)
    }

    /// When it has cooled down, where it has not by a moment.
    private func cooling(at moment: Timestamp) -> Timestamp? {
        guard definition.cooldown > .zero, let last = state.lastFiring?.moment else { return nil }
        let end = last + definition.cooldown
        return moment < end ? end : nil
    }

    private mutating func fire(_ cause: Cause, at time: Timestamp) -> Firing {
        state.firings += 1
        let key = cause.key ?? "firing \(state.firings) at \(time)"
        let parts = [workflow, signature, key].map { "\($0.utf8.count):\($0)" }.joined()
        let firing = Firing(
            id: "\(workflow)/\(definition.type)/\(Digest.of(Array(parts.utf8)).hex.prefix(24))", trigger: name,
            type: definition.type, time: time, scheduled: cause.scheduled, cause: cause.text, input: cause.input)
        state.lastFiring = firing
        return firing
    }

    private static let times = Timestamp(nanoseconds: 0)..<Timestamp(CivilDate(daysSinceEpoch: 84_006))
}
