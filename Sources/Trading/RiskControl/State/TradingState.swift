public import TradingModel

/// What the gate lets through at present.
public enum TradingState: Sendable, Hashable, Codable {
    /// Entries and exits.
    case active
    /// Exits only, because a person said so.
    case reduceOnly(reason: String)
    /// Exits only, until the reason is gone or a person resumes.
    case halted(HaltReason)
}

/// Why trading was halted.
public enum HaltReason: Sendable, Hashable, Codable, CustomStringConvertible {
    /// More was lost since the day's start than allowed; lifted by the next day.
    case dailyLoss(start: Money, equity: Money, limit: Double)
    /// More was lost since the highest day's start than allowed; a person must resume.
    case drawdown(peak: Money, equity: Money, limit: Double)
    /// The median volatility of the universe was extreme when the day began; lifted by a calmer day.
    case volatility(actual: Double, limit: Double)
    /// A person halted it, and must resume it.
    case manual(String)

    public var description: String {
        switch self {
        case .dailyLoss(let start, let equity, let limit):
            "daily loss: equity \(equity) after \(start) at the day's start, at most \(limit) of it may be lost"
        case .drawdown(let peak, let equity, let limit):
            "drawdown: equity \(equity) after a peak of \(peak), at most \(limit) of it may be lost"
        case .volatility(let actual, let limit): "median annual volatility \(actual), at most \(limit)"
        case .manual(let reason): "halted by hand: \(reason)"
        }
    }

    /// True where a new trading day ends the halt.
    public var endsWithDay: Bool {
        switch self {
        case .dailyLoss, .volatility: true
        case .drawdown, .manual: false
        }
    }
}
