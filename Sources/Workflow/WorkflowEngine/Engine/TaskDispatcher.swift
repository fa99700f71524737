import Determinism
import WorkflowModel

/// Decides which of the tasks that are ready is done next: the most urgent first, then the one that waited longest.
struct TaskDispatcher: Sendable {
    /// A task that is ready.
    struct Ticket: Sendable, Hashable {
        let run: RunID
        let address: TaskAddress
        let attempt: Int
        let priority: Priority
        /// How many tasks of the run may be under way at once.
        let runLimit: Int?
    }

    /// How many tasks may be under way at once.
    let capacity: Int
    private var lanes: [Lane] = Array(repeating: Lane(), count: Priority.allCases.count)
    /// Tickets of runs that have no room, by priority.
    private var parked: [RunID: [Lane]] = [:]
    private var underWay: [RunID: Set<TaskAddress>] = [:]
    private(set) var load = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// How many tasks wait.
    var waiting: Int { lanes.reduce(0) { $0 + $1.count } + parked.values.joined().reduce(0) { $0 + $1.count } }

    mutating func add(_ ticket: Ticket) {
        lanes[ticket.priority.rawValue].add(ticket)
    }

    /// The next task for which there is room, which then counts as under way; `isWanted` says whether it still is.
    mutating func next(_ isWanted: (Ticket) -> Bool) -> Ticket? {
        guard load < capacity else { return nil }
        for lane in lanes.indices.reversed() {
            while let ticket = lanes[lane].take() {
                guard isWanted(ticket) else {
                    unpark(ticket.run)
                    continue
                }
                if let limit = ticket.runLimit, underWay[ticket.run]?.count ?? 0 >= limit {
                    park(ticket)
                    continue
                }
                if underWay[ticket.run, default: []].insert(ticket.address).inserted { load += 1 }
                return ticket
            }
        }
        return nil
    }

    func isUnderWay(_ run: RunID, _ address: TaskAddress) -> Bool {
        underWay[run]?.contains(address) ?? false
    }

    /// Makes room: a task is not under way any more.
    mutating func release(_ run: RunID, _ address: TaskAddress) {
        guard underWay[run]?.remove(address) != nil else { return }
        load -= 1
        if underWay[run]?.isEmpty == true { underWay[run] = nil }
        unpark(run)
    }

    private mutating func park(_ ticket: Ticket) {
        parked[ticket.run, default: Array(repeating: Lane(), count: lanes.count)][ticket.priority.rawValue].add(ticket)
    }

    /// Puts the next ticket of a run that has room again back to where it was: before all that came later.
    private mutating func unpark(_ run: RunID) {
        guard let lane = parked[run]?.lastIndex(where: { $0.count > 0 }) else { return }
        if let ticket = parked[run]?[lane].take() { lanes[lane].putBack(ticket) }
        if parked[run]?.allSatisfy({ $0.count == 0 }) == true { parked[run] = nil }
    }
}

extension TaskDispatcher {
    /// Tickets of one priority in the order in which they came.
    fileprivate struct Lane {
        private var tickets: [Ticket] = []
        private var head = 0

        var count: Int { tickets.count - head }

        mutating func add(_ ticket: Ticket) { tickets.append(ticket) }

        mutating func putBack(_ ticket: Ticket) {
            guard head > 0 else { return tickets.insert(ticket, at: 0) }
            head -= 1
            tickets[head] = ticket
        }

        mutating func take() -> Ticket? {
            guard head < tickets.count else { return nil }
            defer { compact() }
            head += 1
            return tickets[head - 1]
        }

        private mutating func compact() {
            guard head > 32, head * 2 > tickets.count else { return }
            tickets.removeFirst(head)
            head = 0
        }
    }
}
