public import Determinism
import Synchronization

/// Where everything that happens passes by on its way to those who watch.
///
/// Publishing never waits: events go into a ring, and watchers are woken together, at most once per tick. A watcher is
/// a cursor and a set of topics; frames are made when a watcher asks, once for all who stand at the same place.
public final class StreamHub: StreamSink {
    /// The bounds of a hub.
    public struct Limits: Sendable, Hashable {
        /// The most events that are held.
        public var events = 16_384
        /// The most bytes that they may take.
        public var bytes = 32 << 20
        /// The most bytes of one frame, unless a single event is larger.
        public var frame = 256 << 10
        /// How often watchers are woken at most.
        public var tick = Duration.milliseconds(20)
        /// How long events of a topic are still held after its last watcher went.
        public var grace = Duration.seconds(120)

        /// The usual bounds.
        public init() {}
    }

    /// Somebody who watches.
    public struct Watch: Sendable, Hashable {
        let id: UInt64
    }

    struct Watcher: Sendable {
        var topics: StreamTopics
        let wake: @Sendable () -> Void
    }

    struct FrameKey: Hashable {
        let cursor: UInt64
        let topics: StreamTopics
    }

    struct State: Sendable {
        var ring: StreamRing
        /// Up to where watchers may read: moves with each tick, so that they share frames.
        var released: UInt64 = 0
        /// Topics of events that were published since the last tick.
        var fresh: StreamTopics = []
        var watchers: [UInt64: Watcher] = [:]
        var nextID: UInt64 = 0
        var frames: [FrameKey: StreamFrame] = [:]
        /// When the last watcher of a topic went.
        var leaving: [StreamTopic: Timestamp] = [:]
        var ticker: CheckedContinuation<Void, Never>?
    }

    /// Names this hub among all that ever ran, so that numbers of an earlier one are not taken for its own.
    public let epoch: String
    let limits: Limits
    let time: any TimeSource
    let state: Mutex<State>
    let held = Atomic<UInt16>(0)

    /// A hub that holds nothing yet.
    public init(epoch: String, time: any TimeSource, limits: Limits = Limits()) {
        self.epoch = epoch
        self.time = time
        self.limits = limits
        state = Mutex(State(ring: StreamRing(capacity: limits.events, byteLimit: limits.bytes)))
    }

    /// Whether events of a topic go anywhere; where not, publishing one does nothing. Takes no lock.
    public func isWatched(_ topic: StreamTopic) -> Bool { held.load(ordering: .relaxed) & topic.bit != 0 }

    /// Puts events into the ring; those of topics that nobody watches go nowhere.
    public func publish(_ items: [StreamItem], at time: Timestamp) {
        let watched = items.filter { isWatched($0.topic) }
        guard !watched.isEmpty else { return }
        let ticker = state.withLock { state -> CheckedContinuation<Void, Never>? in
            for item in watched { state.append(item, at: time) }
            return state.takeTicker()
        }
        ticker?.resume()
    }

    /// The number of the newest event that watchers may read.
    public var sequence: UInt64 { state.withLock { $0.released } }

    /// The number of the newest event, also where watchers were not told of it yet.
    public var newest: UInt64 { state.withLock { $0.ring.last } }

    /// How many watch.
    public var watchers: Int { state.withLock { $0.watchers.count } }
}

// MARK: - Watching

extension StreamHub {
    /// Begins to watch; `wake` is called when there may be something to read, and must return at once.
    public func watch(_ topics: StreamTopics, wake: @escaping @Sendable () -> Void) -> Watch {
        state.withLock { state in
            state.nextID += 1
            state.watchers[state.nextID] = Watcher(topics: topics, wake: wake)
            updateHeld(&state)
            return Watch(id: state.nextID)
        }
    }

    /// Watches other topics.
    public func change(_ watch: Watch, to topics: StreamTopics) {
        state.withLock { state in
            state.watchers[watch.id]?.topics = topics
            updateHeld(&state)
        }
    }

    /// Watches no more.
    public func leave(_ watch: Watch) {
        state.withLock { state in
            state.watchers[watch.id] = nil
            updateHeld(&state)
        }
    }

    /// What a watcher that has read up to `cursor` gets next.
    ///
    /// Where events of the topics are gone that it has not read, the frame says which, holds none and goes on from now.
    public func frame(after cursor: UInt64, of topics: StreamTopics) -> StreamFrame {
        let key = FrameKey(cursor: cursor, topics: topics)
        let (known, events, end) = state.withLock { state -> (StreamFrame?, [StreamEvent], UInt64) in
            let end = state.released
            if let frame = state.frames[key] { return (frame, [], end) }
            guard cursor < end, !topics.isEmpty else { return (.nothing(upTo: max(cursor, end)), [], end) }
            guard state.ring.holds(everythingAfter: cursor, of: topics) else {
                return (StreamHub.loss(after: cursor, upTo: end), [], end)
            }
            return (nil, state.ring.events(after: cursor, upTo: end, of: topics), end)
        }
        if let known { return known }
        let frame = StreamFrameWriter.frame(of: events, after: cursor, upTo: end, limit: limits.frame)
        state.withLock { state in
            if state.released == end, state.frames.count < 64 { state.frames[key] = frame }
        }
        return frame
    }

    private static func loss(after cursor: UInt64, upTo end: UInt64) -> StreamFrame {
        StreamFrame(bytes: nil, next: end, missed: (cursor + 1)...end, oldest: nil, count: 0)
    }

    /// Topics that are watched, or were a moment ago, are held.
    private func updateHeld(_ state: inout State) {
        let before = StreamTopics(rawValue: held.load(ordering: .relaxed))
        let watched = state.watchers.values.reduce(into: StreamTopics()) { $0.formUnion($1.topics) }
        for topic in StreamTopic.allCases {
            if watched.contains(topic) {
                state.leaving[topic] = nil
                if !before.contains(topic) { state.begin(topic) }
            } else if before.contains(topic), state.leaving[topic] == nil {
                state.leaving[topic] = time.now
            }
        }
        held.store(before.union(watched).rawValue, ordering: .relaxed)
    }

    /// Lets go of topics whose last watcher went long ago.
    func releaseAbandoned(at moment: Timestamp) {
        state.withLock { state in
            for (topic, since) in state.leaving where moment - since >= limits.grace {
                state.leaving[topic] = nil
                held.store(held.load(ordering: .relaxed) & ~topic.bit, ordering: .relaxed)
            }
        }
    }
}

extension StreamHub.State {
    fileprivate mutating func append(_ item: StreamItem, at time: Timestamp) {
        ring.append {
            StreamEvent(sequence: $0, topic: item.topic, time: time, key: item.key, json: item.json)
        }
        fresh.formUnion(StreamTopics(rawValue: item.topic.bit))
    }

    /// Takes note that events of a topic are held from now on, and lets watchers read up to here.
    fileprivate mutating func begin(_ topic: StreamTopic) {
        ring.begin(topic)
        released = ring.last
        frames = [:]
    }
}
