public import Determinism

/// Something a feed delivers.
public enum MarketEvent: Sendable, Hashable, Codable {
    /// A bar is complete.
    case bar(InstrumentID, Bar)
    /// The best bid or ask changed.
    case quote(InstrumentID, Quote)
    /// Others traded.
    case trade(InstrumentID, TradeTick)
    /// A new trading day begins: daily limits start afresh.
    case dayStarted(CivilDate, at: Timestamp)
    /// The trading day ends: day orders expire.
    case dayEnded(CivilDate, at: Timestamp)

    /// When it happened.
    public var time: Timestamp {
        switch self {
        case .bar(_, let bar): bar.end
        case .quote(_, let quote): quote.time
        case .trade(_, let trade): trade.time
        case .dayStarted(_, let time), .dayEnded(_, let time): time
        }
    }
}
