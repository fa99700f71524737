public import WorkflowModel

/// Reads a recorded history with today's machine: the way to a run's state, and the proof that old runs still follow.
public struct RunReplay: Sendable {
    /// The machine as it stood after the last event that agreed.
    public private(set) var machine: RunMachine
    /// How many events agreed.
    public private(set) var agreed = 0
    private var expected: [RunEvent] = []

    /// A replay that has read nothing.
    public init(_ plan: WorkflowPlan, run: RunID) {
        machine = RunMachine(plan, run: run)
    }

    /// The machine after a whole history; throws at the first event that today's machine would not have recorded.
    public static func machine(
        _ plan: WorkflowPlan, run: RunID, _ history: [RunEvent]
    ) throws(ReplayDivergence) -> RunMachine {
        var replay = RunReplay(plan, run: run)
        for event in history { try replay.read(event) }
        try replay.end()
        return replay.machine
    }

    /// Reads the next event.
    public mutating func read(_ event: RunEvent) throws(ReplayDivergence) {
        if let next = expected.first {
            guard next == event else {
                throw ReplayDivergence(number: agreed + 1, recorded: event, expected: next, because: nil)
            }
            expected.removeFirst()
        } else {
            do {
                expected = Array(try machine.handle(event).events.dropFirst())
            } catch {
                throw ReplayDivergence(number: agreed + 1, recorded: event, expected: nil, because: error)
            }
        }
        agreed += 1
    }

    /// Says that the history ends here.
    public func end() throws(ReplayDivergence) {
        guard let next = expected.first else { return }
        throw ReplayDivergence(number: agreed + 1, recorded: nil, expected: next, because: nil)
    }
}

/// The first place where today's machine does something else than what was recorded.
public struct ReplayDivergence: Error, Sendable, Hashable, CustomStringConvertible {
    /// The number of the event, counted from 1.
    public let number: Int
    /// What was recorded; nil where the history ends.
    public let recorded: RunEvent?
    /// What follows today; nil where today's machine only refuses what was recorded.
    public let expected: RunEvent?
    /// Why it refuses.
    public let because: RunMachineError?

    public var description: String {
        let was = recorded.map { "\($0.fact)" } ?? "nothing more"
        let now = expected.map { "\($0.fact)" } ?? because.map(\.message) ?? "nothing"
        return "event \(number): recorded was \(was); now it is \(now)"
    }
}
