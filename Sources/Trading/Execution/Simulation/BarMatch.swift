import TradingModel

/// At what price an order would trade inside one bar, and when: the rules, without any state.
///
/// - A market order trades at the open.
/// - A limit trades at the open where that is already better, else at its price when the bar touches it.
/// - A stop is touched at the open where the market gapped over it, else at its price; then it takes what the market
///   gives. A stop-limit that gapped past its limit rests from the next bar on.
enum BarMatch: Equatable {
    /// It does not trade in this bar.
    case none
    /// It has been touched and stands as a limit order from the next bar on.
    case triggersOnly
    /// It takes liquidity with the market at this price; fees for spread and slippage come on top.
    case takes(Price, atOpen: Bool)
    /// It trades at exactly this price or better.
    case rests(Price, atOpen: Bool)

    static func of(_ working: WorkingOrder, _ bar: Bar) -> BarMatch {
        let side = working.order.side
        switch working.order.kind {
        case .market: return .takes(bar.open, atOpen: true)
        case .limit(let limit): return resting(side, limit, bar)
        case .stop(let stop):
            if working.isTriggered { return .takes(bar.open, atOpen: true) }
            return touched(side, stop, bar)
        case .stopLimit(let stop, let limit):
            if working.isTriggered { return resting(side, limit, bar) }
            return stopLimit(side, stop, limit, bar)
        }
    }

    private static func resting(_ side: Side, _ limit: Price, _ bar: Bar) -> BarMatch {
        switch side {
        case .buy:
            if bar.open <= limit { return .rests(bar.open, atOpen: true) }
            return bar.low <= limit ? .rests(limit, atOpen: false) : .none
        case .sell:
            if bar.open >= limit { return .rests(bar.open, atOpen: true) }
            return bar.high >= limit ? .rests(limit, atOpen: false) : .none
        }
    }

    private static func touched(_ side: Side, _ stop: Price, _ bar: Bar) -> BarMatch {
        switch side {
        case .buy:
            if bar.open >= stop { return .takes(bar.open, atOpen: true) }
            return bar.high >= stop ? .takes(stop, atOpen: false) : .none
        case .sell:
            if bar.open <= stop { return .takes(bar.open, atOpen: true) }
            return bar.low <= stop ? .takes(stop, atOpen: false) : .none
        }
    }

    private static func stopLimit(_ side: Side, _ stop: Price, _ limit: Price, _ bar: Bar) -> BarMatch {
        guard case .takes(let price, let atOpen) = touched(side, stop, bar) else { return .none }
        let isWithinLimit = side == .buy ? price <= limit : price >= limit
        return isWithinLimit ? .rests(price, atOpen: atOpen) : .triggersOnly
    }
}
