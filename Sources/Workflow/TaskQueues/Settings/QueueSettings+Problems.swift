extension QueueSettings {
    /// Everything that is wrong with the settings for a queue of this name; empty where nothing is.
    public func problems(for name: QueueName) -> [String] {
        counts + durations + names(name)
    }

    private var counts: [String] {
        var found: [String] = []
        if !(0...1000).contains(maxRetries) { found.append("max_retries must be 0 to 1000, not \(maxRetries)") }
        if !(1...10_000).contains(batchSize) { found.append("batch_size must be 1 to 10000, not \(batchSize)") }
        if let capacity, capacity < 1 { found.append("capacity must be at least 1, not \(capacity)") }
        if let maxInFlight, maxInFlight < 1 { found.append("max_in_flight must be at least 1, not \(maxInFlight)") }
        if let rateLimit, !(1...1_000_000).contains(rateLimit.messages) {
            found.append("rate_limit.messages must be 1 to 1000000, not \(rateLimit.messages)")
        }
        return found
    }

    private var durations: [String] {
        let given: [(String, Duration?, mayBeZero: Bool)] = [
            ("visibility_timeout", visibilityTimeout, false), ("message_retention", messageRetention, false),
            ("rate_limit.seconds", rateLimit?.interval, false), ("retry_base_delay", retryBaseDelay, true),
            ("retry_max_delay", retryMaxDelay, true),
        ]
        return given.compactMap { name, duration, mayBeZero in
            guard let duration else { return nil }
            let isRight = duration <= QueueSettings.century && (duration > .zero || (mayBeZero && duration == .zero))
            return isRight ? nil : "\(name) must be \(mayBeZero ? "0" : "more than 0") to 100 years, not \(duration)"
        }
    }

    private func names(_ name: QueueName) -> [String] {
        var found: [String] = []
        for given in Set([name] + family).sorted() where !(1...200).contains(given.text.utf8.count) {
            found.append("a queue's name must have 1 to 200 bytes; '\(given.text.prefix(40))' has not")
        }
        if family.contains(name) { found.append("'\(name)' cannot be its own success, error or dead-letter queue") }
        return found
    }

    static let century = Duration.seconds(100 * 366 * 86_400)
}
