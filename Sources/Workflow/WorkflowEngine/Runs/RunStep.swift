/// What follows from something that happened in a run.
public struct RunStep: Sendable, Hashable {
    /// What happened and everything that followed at once, to be recorded together before anything is done.
    public internal(set) var events: [RunEvent]
    /// What is to be done then, in this order.
    public internal(set) var commands: [RunCommand] = []

    init(_ events: [RunEvent] = []) {
        self.events = events
    }

    mutating func join(_ other: RunStep) {
        events += other.events
        commands += other.commands
    }
}

/// What a run machine wants done.
public enum RunCommand: Sendable, Hashable {
    /// The task is ready: do its work as soon as there is a place for it.
    case queue(TaskAddress, attempt: Int)
    /// The task was ready and is not wanted any more.
    case withdraw(TaskAddress)
    /// The work under way should end early.
    case cancel(TaskAddress)
    /// Run another workflow and hand its results to the task.
    case startChild(place: Int, workflow: String)
    /// The other workflow should end early.
    case cancelChild(place: Int)
    /// Tell the task where its circuit breaker stands.
    case readBreaker(place: Int)
    /// Nothing is left to do.
    case finish(RunOutcome)
}
