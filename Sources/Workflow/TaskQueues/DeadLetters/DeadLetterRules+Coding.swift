extension DeadLetterRules: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case rules
        case maxRedrives = "max_redrives"
    }

    /// Reads `rules` and, unless it is the default, `max_redrives`.
    public init(from decoder: any Decoder) throws {
        try UnknownKeys.refuse(in: decoder, known: Key.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: Key.self)
        let rules = try container.decode([Rule].self, forKey: .rules)
        self.init(rules, maxRedrives: try container.decodeIfPresent(Int.self, forKey: .maxRedrives) ?? 3)
    }

    /// Writes `rules` and `max_redrives`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(rules, forKey: .rules)
        try container.encode(maxRedrives, forKey: .maxRedrives)
    }
}

extension DeadLetterRules.Rule: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case error, action, delay
    }

    private enum Name: String, Codable {
        case retry, delete, alert
    }

    /// Reads `error` (absent for any), `action` (`retry`, `delete` or `alert`) and, for `retry`, `delay` in seconds.
    public init(from decoder: any Decoder) throws {
        try UnknownKeys.refuse(in: decoder, known: Key.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: Key.self)
        let error = try container.decodeIfPresent(String.self, forKey: .error)
        let delay = try container.decodeIfPresent(Seconds.self, forKey: .delay)?.duration
        switch (try container.decode(Name.self, forKey: .action), delay) {
        case (.retry, let delay?) where delay >= .zero: self.init(error: error, .retry(after: delay))
        case (.delete, nil): self.init(error: error, .delete)
        case (.alert, nil): self.init(error: error, .alert)
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .delay, in: container,
                debugDescription: "'retry' needs a delay of at least 0 seconds, the other actions have none")
        }
    }

    /// Writes `error`, `action` and `delay`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(error, forKey: .error)
        switch action {
        case .retry(let delay):
            try container.encode(Name.retry, forKey: .action)
            try container.encode(Seconds(delay), forKey: .delay)
        case .delete: try container.encode(Name.delete, forKey: .action)
        case .alert: try container.encode(Name.alert, forKey: .action)
        }
    }
}
