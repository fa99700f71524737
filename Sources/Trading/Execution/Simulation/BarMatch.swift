import TradingModel

/// At what price an order would trade inside one bar, and when: the rules, without any state.
///
/// - A market order trades at the open.
/// - A limit trades at the open where that is already as good, like a market order but never beyond its limit; else at
///   its limit when the bar touches it. An immediate order has only the open.
/// - A stop is touched at the open where the market gapped over it, else at its price; then it takes what the market
///   gives. A stop-limit that gapped past its limit rests from the next bar on.
/// - A trailing stop goes through the bar as `TrailingPath` says.
/// - An order sent, or an exit placed, while the bar was running knows for sure only the bar's close. A protective stop
///   is taken to be touched by the bar's worse extreme all the same.
enum BarMatch: Equatable {
    /// It does not trade in this bar.
    case none
    /// It has been touched and stands as a limit order from the next bar on.
    case triggersOnly
    /// It takes liquidity with the market at this price; spread and slippage come on top, up to the limit.
    case takes(Price, limit: Price?, atOpen: Bool)
    /// The market came to it inside the bar: it trades at exactly this price.
    case rests(Price)

    /// `path` is that of a trailing stop, nil for every other order.
    static func of(_ working: WorkingOrder, _ bar: Bar, path: TrailingPath? = nil) -> BarMatch {
        if working.sent > bar.start { return late(working, bar) }
        if let path, !working.isTriggered { return path.match(bar) }
        let match = onTime(working, bar)
        if working.isImmediate, case .rests = match { return .none }
        return match
    }

    private static func onTime(_ working: WorkingOrder, _ bar: Bar) -> BarMatch {
        let side = working.order.side
        switch working.order.kind {
        case .market: return .takes(bar.open, limit: nil, atOpen: true)
        case .limit(let limit): return resting(side, limit, bar)
        case .trailingStop: return working.isTriggered ? .takes(bar.open, limit: nil, atOpen: true) : .none
        case .stop(let stop):
            if working.isTriggered { return .takes(bar.open, limit: nil, atOpen: true) }
            return touched(side, stop, limit: nil, bar)
        case .stopLimit(let stop, let limit):
            return working.isTriggered ? resting(side, limit, bar) : touched(side, stop, limit: limit, bar)
        }
    }

    private static func resting(_ side: Side, _ limit: Price, _ bar: Bar) -> BarMatch {
        if side.isAsGood(bar.open, as: limit) { return .takes(bar.open, limit: limit, atOpen: true) }
        return side.isAsGood(side == .buy ? bar.low : bar.high, as: limit) ? .rests(limit) : .none
    }

    private static func touched(_ side: Side, _ stop: Price, limit: Price?, _ bar: Bar) -> BarMatch {
        let isAtOpen = side.isTouched(stop, by: bar.open)
        guard isAtOpen || side.isTouched(stop, by: side == .buy ? bar.high : bar.low) else { return .none }
        let price = isAtOpen ? bar.open : stop
        if let limit, !side.isAsGood(price, as: limit) { return .triggersOnly }
        return .takes(price, limit: limit, atOpen: isAtOpen)
    }

    private static func late(_ working: WorkingOrder, _ bar: Bar) -> BarMatch {
        let side = working.order.side
        switch working.order.kind {
        case .market: return .takes(bar.close, limit: nil, atOpen: false)
        case .limit(let limit):
            guard side.isAsGood(bar.close, as: limit) else { return .none }
            // An exit placed in this bar had its target still ahead, so the market came through it.
            return working.sent == bar.end ? .rests(limit) : .takes(bar.close, limit: limit, atOpen: false)
        case .stop(let stop): return lateStop(working, stop, bar)
        case .trailingStop: return working.trailed.map { lateStop(working, $0, bar) } ?? .none
        case .stopLimit: return .none
        }
    }

    /// Where the bar opened beyond the stop, the extreme may lie before the order's time; the close does not.
    private static func lateStop(_ working: WorkingOrder, _ stop: Price, _ bar: Bar) -> BarMatch {
        let side = working.order.side
        guard working.order.reduceOnly, !side.isTouched(stop, by: bar.open) else {
            return side.isTouched(stop, by: bar.close) ? .takes(bar.close, limit: nil, atOpen: false) : .none
        }
        let worst = side == .buy ? bar.high : bar.low
        return side.isTouched(stop, by: worst) ? .takes(stop, limit: nil, atOpen: false) : .none
    }
}

extension Side {
    /// True where this side would trade at `price` under a limit.
    func isAsGood(_ price: Price, as limit: Price) -> Bool {
        self == .buy ? price <= limit : price >= limit
    }

    /// True where a market at `price` has touched this side's stop.
    func isTouched(_ stop: Price, by price: Price) -> Bool {
        self == .buy ? price >= stop : price <= stop
    }
}
