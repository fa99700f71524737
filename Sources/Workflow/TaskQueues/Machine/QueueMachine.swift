public import Determinism

/// Named queues as a value: a copy is a checkpoint, and the same calls give the same results.
///
/// Handing out takes time in proportion to the messages on the queue; `apply` copies the queues it changes where it is
/// given more than one change.
public struct QueueMachine: Sendable {
    private var states: [QueueState] = []
    private var places: [QueueName: Int] = [:]

    /// No queues.
    public init() {}

    /// Every queue, in the order in which they were made.
    public var names: [QueueName] { states.map(\.name) }

    /// Makes a queue, or changes the settings of one that there is.
    public mutating func createQueue(_ name: QueueName, _ settings: QueueSettings, at time: Timestamp) throws {
        let problems = settings.problems(for: name)
        guard problems.isEmpty else { throw QueueError.invalid(name, problems) }
        if let place = places[name] {
            let held = states[place].counters.messages
            guard held == 0 || states[place].settings.ordering == settings.ordering else {
                throw QueueError.orderingInUse(name, holds: held)
            }
            states[place].settings = settings
        } else {
            add(name, settings, at: time)
        }
        for member in settings.family where places[member] == nil { add(member, .records, at: time) }
    }

    /// How a queue treats its messages.
    public func settings(of queue: QueueName) throws -> QueueSettings {
        try state(queue).settings
    }

    /// Hands out messages that are due, most urgent first, then oldest.
    public mutating func lease(
        from queue: QueueName, upTo count: Int?, holder: String, at time: Timestamp
    ) throws -> [Lease] {
        let place = try self.place(queue)
        settle(place, at: time)
        return states[place].lease(upTo: count, holder: holder, at: time)
    }

    /// Does all the changes, in order, or throws and does none; tells what each did.
    public mutating func apply(_ changes: [QueueChange], at time: Timestamp) throws -> [QueueEffect] {
        // A change alone throws before it has changed anything.
        if changes.count == 1 { return [try apply(changes[0], at: time)] }
        var copy = self
        let effects = try changes.map { try copy.apply($0, at: time) }
        self = copy
        return effects
    }

    /// Takes back messages whose lease has ended and removes those that are too old, on every queue.
    public mutating func sweep(at time: Timestamp) throws -> SweepReport {
        var report = SweepReport()
        for place in states.indices {
            let before = states[place].counters.totals
            settle(place, at: time)
            states[place].forget(at: time)
            report.add(from: before, to: states[place].counters.totals)
        }
        return report
    }

    func place(_ queue: QueueName) throws -> Int {
        guard let place = places[queue] else { throw QueueError.unknown(queue) }
        return place
    }

    func state(_ queue: QueueName) throws -> QueueState { states[try place(queue)] }

    var all: [QueueState] { states }

    mutating func change<Result>(_ queue: QueueName, _ body: (inout QueueState) throws -> Result) throws -> Result {
        try body(&states[try place(queue)])
    }

    /// Puts messages on other queues of the family, whatever their capacity.
    mutating func deliver(_ moves: [QueueState.Move], at time: Timestamp) {
        for move in moves {
            guard let place = places[move.target] else { continue }
            let number = states[place].counters.takeNumber()
            states[place].add(move.message.moved(to: move.target, as: number, because: move.reason, at: time))
            states[place].counters.totals.moved += 1
        }
    }

    private mutating func settle(_ place: Int, at time: Timestamp) {
        let moves = states[place].settle(at: time)
        deliver(moves, at: time)
    }

    private mutating func add(_ name: QueueName, _ settings: QueueSettings, at time: Timestamp) {
        places[name] = states.count
        states.append(QueueState(name: name, settings: settings, created: time))
    }
}
