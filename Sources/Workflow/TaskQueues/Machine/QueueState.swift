import Determinism

/// One queue of a `QueueMachine`.
struct QueueState: Sendable {
    struct Entry: Sendable {
        var message: Message
        var lease: (holder: String, token: Int64, expires: Timestamp)?
    }

    /// A message that goes to another queue of the family.
    struct Move {
        let message: Message
        let target: QueueName
        let reason: MessageOrigin.Reason
    }

    let name: QueueName
    var settings: QueueSettings
    let created: Timestamp
    var counters = QueueCounters()
    private(set) var entries: [Int64: Entry] = [:]
    /// The numbers of `entries`, ascending.
    private(set) var order: [Int64] = []
    private var seen: [MessageID: Timestamp] = [:]
    private var acknowledged: [Int64: Int] = [:]

    init(name: QueueName, settings: QueueSettings, created: Timestamp) {
        self.name = name
        self.settings = settings
        self.created = created
    }

    var waiting: [Message] {
        order.compactMap { number in entries[number].flatMap { $0.lease == nil ? $0.message : nil } }
    }

    mutating func add(_ message: Message) {
        entries[message.number] = Entry(message: message)
        order.append(message.number)
        counters.messages += 1
    }

    mutating func update(_ number: Int64, _ change: (inout Entry) -> Void) {
        if var entry = entries[number] {
            change(&entry)
            entries[number] = entry
        }
    }

    @discardableResult
    mutating func remove(_ number: Int64) -> Message? {
        guard let entry = entries.removeValue(forKey: number) else { return nil }
        if entry.lease != nil { counters.inFlight -= 1 }
        counters.messages -= 1
        order.remove(at: place(of: number))
        return entry.message
    }

    /// For each message whether it is new: whether its name was not taken within the time that messages are kept.
    func admission(of messages: [NewMessage], at time: Timestamp) -> [Bool] {
        guard settings.deduplication else { return [Bool](repeating: true, count: messages.count) }
        let limit = settings.retentionLimit(at: time)
        var names: Set<MessageID> = []
        return messages.map { message in
            if let before = seen[message.id] {
                guard let limit, before <= limit else { return false }
            }
            return names.insert(message.id).inserted
        }
    }

    /// Puts a message that is new on the queue.
    mutating func accept(_ message: NewMessage, at time: Timestamp) {
        if settings.deduplication { seen[message.id] = time }
        add(Message(queue: name, number: counters.takeNumber(), sent: message, at: time))
        counters.totals.accepted += 1
    }

    mutating func countAcknowledged(at time: Timestamp) {
        counters.totals.acknowledged += 1
        acknowledged[ProcessingWindow.piece(of: time), default: 0] += 1
    }

    func acknowledgedRecently(at time: Timestamp) -> Int {
        let range = ProcessingWindow.range(at: time)
        return acknowledged.reduce(0) { range.contains($1.key) ? $0 + $1.value : $0 }
    }

    /// Forgets names and counts that no longer matter.
    mutating func forget(at time: Timestamp) {
        if let limit = settings.retentionLimit(at: time) { seen = seen.filter { $0.value > limit } }
        let start = ProcessingWindow.range(at: time).lowerBound
        acknowledged = acknowledged.filter { $0.key >= start }
    }

    private func place(of number: Int64) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if order[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
