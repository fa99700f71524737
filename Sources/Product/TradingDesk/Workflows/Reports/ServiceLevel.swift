import Determinism
public import WorkflowModel

/// One promise about the engine, beside what was measured.
public struct ServiceLevel: Sendable, Hashable {
    /// What is promised.
    public let name: String
    /// The target as people write it: `< 5 s`.
    public let target: String
    /// What was measured; nil where nothing was.
    public let measured: Double?
    /// The unit: a share of a whole, or seconds.
    public let isShare: Bool
    /// Whether the promise is kept; nil where nothing was measured.
    public let isMet: Bool?

    private init(
        _ name: String, _ target: String, _ measured: Double?, isShare: Bool = false, _ isMet: (Double) -> Bool
    ) {
        self.name = name
        self.target = target
        self.measured = measured
        self.isShare = isShare
        self.isMet = measured.map(isMet)
    }

    /// The four promises. Uptime is not measured as long as nothing watches the service from outside.
    public static func all(_ statistics: ExecutionStatistics) -> [ServiceLevel] {
        [
            ServiceLevel("uptime", ">= 99.9 %", nil, isShare: true) { $0 >= 0.999 },
            ServiceLevel("latency_p50", "< 5 s", statistics.duration(atShare: 0.5)?.asSeconds) { $0 < 5 },
            ServiceLevel("latency_p99", "< 10 s", statistics.duration(atShare: 0.99)?.asSeconds) { $0 < 10 },
            ServiceLevel("success_rate", "> 95 %", statistics.successRate, isShare: true) { $0 > 0.95 },
        ]
    }

    /// The row for programs.
    public var value: Value {
        [
            "metric": .text(name), "target": .text(target), "measured": measured.map(Value.number) ?? .null,
            "met": isMet.map(Value.boolean) ?? .null,
        ]
    }
}

/// What running workflows would cost at assumed prices.
public struct WorkflowEconomics: Sendable, Hashable {
    /// What one of each is assumed to cost, in dollars.
    public enum Price {
        /// One run.
        public static let execution = 0.001
        /// One message on a queue.
        public static let message = 0.000_01
        /// One minute of work.
        public static let agentMinute = 0.01
    }

    /// Runs a day.
    public let executions: Double
    /// Messages a day.
    public let messages: Double
    /// Minutes of work a day.
    public let agentMinutes: Double
    /// What the workflows are said to earn a day, in dollars; nil where nobody says.
    public let profit: Double?

    /// The economics of a day's counts.
    public init(executions: Double, messages: Double, agentMinutes: Double, profit: Double? = nil) {
        self.executions = executions
        self.messages = messages
        self.agentMinutes = agentMinutes
        self.profit = profit
    }

    /// Dollars a day.
    public var day: Double {
        executions * Price.execution + messages * Price.message + agentMinutes * Price.agentMinute
    }
    /// Dollars in a month, a twelfth of a year.
    public var month: Double { year / 12 }
    /// Dollars in 365 days.
    public var year: Double { day * 365 }
    /// What is earned beyond the cost, as a multiple of the cost; nil where nothing is said or spent.
    public var returnOnCost: Double? { profit.flatMap { day > 0 ? ($0 - day) / day : nil } }

    /// The object for programs.
    public var value: Value {
        [
            "per_day": [
                "executions": .number(executions), "messages": .number(messages),
                "agent_minutes": .number(agentMinutes),
            ],
            "assumed_prices": [
                "execution": .number(Price.execution), "message": .number(Price.message),
                "agent_minute": .number(Price.agentMinute),
            ],
            "cost": ["day": .number(day), "month": .number(month), "year": .number(year), "days_per_year": 365],
            "profit_per_day": profit.map(Value.number) ?? .null,
            "roi": returnOnCost.map(Value.number) ?? .null,
        ]
    }
}
