extension QueueSettings: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case maxRetries = "max_retries"
        case visibilityTimeout = "visibility_timeout"
        case messageRetention = "message_retention"
        case batchSize = "batch_size"
        case ordering, deduplication, capacity
        case maxInFlight = "max_in_flight"
        case rateLimit = "rate_limit"
        case retryBaseDelay = "retry_base_delay"
        case retryMaxDelay = "retry_max_delay"
        case successQueue = "success_queue"
        case errorQueue = "error_queue"
        case deadLetterQueue = "dead_letter_queue"
    }

    /// Reads the names that `encode(to:)` writes, durations in seconds; what is absent has its default.
    ///
    /// `null` means none where the property may be nil. A name that is not known is an error, apart from `name`, which
    /// is whoever holds the settings' own.
    public init(from decoder: any Decoder) throws {
        try self.init(from: decoder, over: QueueSettings())
    }

    /// Reads settings over others, which stand for what is absent.
    init(from decoder: any Decoder, over base: QueueSettings) throws {
        try UnknownKeys.refuse(in: decoder, known: Key.allCases.map(\.rawValue) + ["name"])
        let container = try decoder.container(keyedBy: Key.self)
        self = base
        try read(&maxRetries, .maxRetries, container)
        try read(&batchSize, .batchSize, container)
        try read(&ordering, .ordering, container)
        try read(&deduplication, .deduplication, container)
        try readOptional(&capacity, .capacity, container)
        try readOptional(&maxInFlight, .maxInFlight, container)
        try readOptional(&rateLimit, .rateLimit, container)
        try readOptional(&successQueue, .successQueue, container)
        try readOptional(&errorQueue, .errorQueue, container)
        try readOptional(&deadLetterQueue, .deadLetterQueue, container)
        try readDurations(container)
    }

    /// Writes every property under its name, durations in seconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(maxRetries, forKey: .maxRetries)
        try container.encode(Seconds(visibilityTimeout), forKey: .visibilityTimeout)
        try container.encode(messageRetention.map(Seconds.init), forKey: .messageRetention)
        try container.encode(batchSize, forKey: .batchSize)
        try container.encode(ordering, forKey: .ordering)
        try container.encode(deduplication, forKey: .deduplication)
        try container.encode(capacity, forKey: .capacity)
        try container.encode(maxInFlight, forKey: .maxInFlight)
        try container.encode(rateLimit, forKey: .rateLimit)
        try container.encode(Seconds(retryBaseDelay), forKey: .retryBaseDelay)
        try container.encode(Seconds(retryMaxDelay), forKey: .retryMaxDelay)
        try container.encode(successQueue, forKey: .successQueue)
        try container.encode(errorQueue, forKey: .errorQueue)
        try container.encode(deadLetterQueue, forKey: .deadLetterQueue)
    }

    private mutating func readDurations(_ container: KeyedDecodingContainer<Key>) throws {
        if let found = try container.decodeIfPresent(Seconds.self, forKey: .visibilityTimeout) {
            visibilityTimeout = found.duration
        }
        if container.contains(.messageRetention) {
            messageRetention = try container.decode(Seconds?.self, forKey: .messageRetention)?.duration
        }
        if let found = try container.decodeIfPresent(Seconds.self, forKey: .retryBaseDelay) {
            retryBaseDelay = found.duration
        }
        if let found = try container.decodeIfPresent(Seconds.self, forKey: .retryMaxDelay) {
            retryMaxDelay = found.duration
        }
    }

    private func read<Value: Decodable>(
        _ value: inout Value, _ key: Key, _ container: KeyedDecodingContainer<Key>
    ) throws {
        if let found = try container.decodeIfPresent(Value.self, forKey: key) { value = found }
    }

    private func readOptional<Value: Decodable>(
        _ value: inout Value?, _ key: Key, _ container: KeyedDecodingContainer<Key>
    ) throws {
        if container.contains(key) { value = try container.decode(Value?.self, forKey: key) }
    }
}

extension RateLimit: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case messages, seconds
    }

    /// Reads `messages` and `seconds`.
    public init(from decoder: any Decoder) throws {
        try UnknownKeys.refuse(in: decoder, known: Key.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            try container.decode(Int.self, forKey: .messages),
            per: try container.decode(Seconds.self, forKey: .seconds).duration)
    }

    /// Writes `messages` and `seconds`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(messages, forKey: .messages)
        try container.encode(Seconds(interval), forKey: .seconds)
    }
}
