/// The last events over all topics, within bounds of number and size; knows for each topic what was let go.
struct StreamRing: Sendable {
    struct Key: Hashable {
        let topic: StreamTopic
        let key: String
    }

    /// What an event takes beside its JSON.
    static let overhead = 160

    private let capacity: Int
    private let byteLimit: Int
    private var slots: [StreamEvent?]
    /// The place of the oldest event.
    private var first = 0
    private(set) var count = 0
    private(set) var bytes = 0
    /// The newest sequence number that was given out.
    private(set) var last: UInt64 = 0
    /// For each topic, the newest event that a reader can no longer get; 0 where there is none.
    private var lost = [UInt64](repeating: 0, count: StreamTopic.allCases.count)
    /// The newest event of each key that is still held.
    private var newest: [Key: UInt64] = [:]

    init(capacity: Int, byteLimit: Int) {
        self.capacity = max(1, capacity)
        self.byteLimit = byteLimit
        slots = Array(repeating: nil, count: max(1, capacity))
    }

    mutating func append(_ make: (UInt64) -> StreamEvent) {
        last += 1
        let event = make(last)
        if count == capacity { letGo() }
        slots[(first + count) % capacity] = event
        count += 1
        bytes += event.json.count + StreamRing.overhead
        if let key = event.key { newest[Key(topic: event.topic, key: key)] = event.sequence }
        while bytes > byteLimit, count > 1 { letGo() }
    }

    /// Takes note that events of a topic are kept from here on and were not before.
    mutating func begin(_ topic: StreamTopic) {
        last += 1
        lost[topic.place] = last
    }

    /// Whether somebody who has read up to `cursor` can still get everything of these topics.
    func holds(everythingAfter cursor: UInt64, of topics: StreamTopics) -> Bool {
        StreamTopic.allCases.allSatisfy { !topics.contains($0) || lost[$0.place] <= cursor }
    }

    /// The events after `cursor` up to `end`, oldest first.
    func events(after cursor: UInt64, upTo end: UInt64, of topics: StreamTopics) -> [StreamEvent] {
        var found: [StreamEvent] = []
        for offset in place(after: cursor)..<count {
            guard let event = slots[(first + offset) % capacity], event.sequence <= end else { break }
            if topics.contains(event.topic) { found.append(event) }
        }
        return found
    }

    private mutating func letGo() {
        guard let event = slots[first] else { return }
        slots[first] = nil
        first = (first + 1) % capacity
        count -= 1
        bytes -= event.json.count + StreamRing.overhead
        if let key = event.key.map({ Key(topic: event.topic, key: $0) }) {
            // A newer event of the same key stands for this one: nothing is lost with it.
            guard newest[key] == event.sequence else { return }
            newest[key] = nil
        }
        lost[event.topic.place] = event.sequence
    }

    /// How many events from the oldest on are not after `cursor`.
    private func place(after cursor: UInt64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let sequence = slots[(first + middle) % capacity]?.sequence ?? 0
            if sequence <= cursor { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
