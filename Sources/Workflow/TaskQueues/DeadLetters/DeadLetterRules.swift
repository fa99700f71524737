/// What is done with dead letters by the error they died of: the first rule that fits counts.
///
/// A message that no rule fits is for an operator.
public struct DeadLetterRules: Sendable, Hashable {
    /// What is done with a dead letter.
    public enum Action: Sendable, Hashable {
        /// It is sent back after this time.
        case retry(after: Duration)
        /// It is removed, and handed to the caller to be logged.
        case delete
        /// It stays, and the caller is to call an operator, once.
        case alert
    }

    /// One rule.
    public struct Rule: Sendable, Hashable {
        /// The code of the error it is for; nil for any.
        public let error: String?
        /// What is done.
        public let action: Action

        /// A rule for one error, or for any.
        public init(error: String?, _ action: Action) {
            self.error = error
            self.action = action
        }
    }

    /// The rules, most particular first.
    public let rules: [Rule]
    /// How often a message is sent back, by rule or by hand, before a rule no longer does it and an operator is called.
    ///
    /// So a message is handed out at most `(maxRetries of its queue + 1) * (maxRedrives + 1)` times by itself.
    public let maxRedrives: Int

    /// Rules, first the ones that count first.
    public init(_ rules: [Rule], maxRedrives: Int = 3) {
        self.rules = rules
        self.maxRedrives = max(0, maxRedrives)
    }

    /// `rate_limit`: try again after 60 s; `invalid_symbol`: log and delete; anything else: alert the operator.
    public static let standard = DeadLetterRules([
        Rule(error: "rate_limit", .retry(after: .seconds(60))),
        Rule(error: "invalid_symbol", .delete),
        Rule(error: nil, .alert),
    ])

    /// What is to be done with a dead letter.
    public func decide(_ letter: Message) -> DeadLetterDecision {
        let rule = rules.first { $0.error == nil || $0.error == letter.lastError?.code }
        switch rule?.action {
        case .retry(let delay):
            return letter.redrives < maxRedrives ? .retry(after: delay) : .alert(.redrivesUsedUp)
        case .delete: return .delete
        case .alert: return .alert(.rule)
        case nil: return .alert(.noRule)
        }
    }
}

/// What is to be done with one dead letter.
public enum DeadLetterDecision: Sendable, Hashable {
    /// Why an operator is called.
    public enum AlertReason: String, Sendable, Hashable, Codable {
        /// A rule says so.
        case rule
        /// No rule fits.
        case noRule = "no_rule"
        /// It has been sent back as often as the rules allow.
        case redrivesUsedUp = "redrives_used_up"
    }

    /// Send it back after this time.
    case retry(after: Duration)
    /// Remove it; the caller logs it.
    case delete
    /// Keep it; the caller calls an operator.
    case alert(AlertReason)
}

/// What was done with one dead letter; logging and alerting are left to the caller.
public struct HandledDeadLetter: Sendable, Hashable {
    /// The dead letter as it was.
    public let message: Message
    /// What was done.
    public let decision: DeadLetterDecision

    package init(_ message: Message, _ decision: DeadLetterDecision) {
        self.message = message
        self.decision = decision
    }
}
