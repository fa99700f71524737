public import Determinism

/// What streams carry.
public enum StreamTopic: String, Sendable, Hashable, CaseIterable, Codable {
    case quotes, signals, verdicts, orders, fills, positions, risk, workflows, operations, log

    /// The topic's bit in a set.
    public var bit: UInt16 { 1 << UInt16(place) }

    /// The topic's place in the order of declaration.
    var place: Int {
        switch self {
        case .quotes: 0
        case .signals: 1
        case .verdicts: 2
        case .orders: 3
        case .fills: 4
        case .positions: 5
        case .risk: 6
        case .workflows: 7
        case .operations: 8
        case .log: 9
        }
    }
}

/// One thing that happened, ready to be sent: its JSON is made once for all who watch.
public struct StreamEvent: Sendable, Hashable {
    /// 1, 2, 3… over all topics.
    public let sequence: UInt64
    /// Its topic.
    public let topic: StreamTopic
    /// When it was published.
    public let time: Timestamp
    /// What a newer event replaces where a client has read neither: a symbol; nil where every one counts.
    public let key: String?
    /// Canonical JSON of what happened.
    public let json: [UInt8]
}

/// One thing that happened, on its way into the streams.
public struct StreamItem: Sendable, Hashable {
    /// Its topic.
    public let topic: StreamTopic
    /// What a newer one replaces where a client has read neither: a symbol; nil where every one counts.
    public let key: String?
    /// Canonical JSON of what happened.
    public let json: [UInt8]

    /// Something that happened.
    public init(_ topic: StreamTopic, key: String? = nil, json: [UInt8]) {
        (self.topic, self.key, self.json) = (topic, key, json)
    }
}

/// Where the desk, the engine and the log put what happens.
public protocol StreamSink: Sendable {
    /// Publishes things that happened together, so that watchers learn of them together; never waits and never throws.
    func publish(_ items: [StreamItem], at time: Timestamp)

    /// Whether anybody follows a topic: what nobody follows need not be made. Costs next to nothing.
    func isWatched(_ topic: StreamTopic) -> Bool
}

extension StreamSink {
    /// Publishes one thing that happened.
    public func publish(_ topic: StreamTopic, key: String?, json: [UInt8], at time: Timestamp) {
        publish([StreamItem(topic, key: key, json: json)], at: time)
    }

    /// Somebody may.
    public func isWatched(_ topic: StreamTopic) -> Bool { true }
}
