/// A set of topics.
public struct StreamTopics: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The set of some topics.
    public init(_ topics: some Sequence<StreamTopic>) {
        self.init(rawValue: topics.reduce(0) { $0 | $1.bit })
    }

    /// Every topic.
    public static let all = StreamTopics(StreamTopic.allCases)

    /// Whether a topic is among them.
    public func contains(_ topic: StreamTopic) -> Bool { rawValue & topic.bit != 0 }

    /// The topics in the order of their declaration.
    public var topics: [StreamTopic] { StreamTopic.allCases.filter(contains) }
}
