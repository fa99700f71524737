import TradingModel

/// A trailing stop's way through one bar, of which only open, high, low and close are known.
///
/// The stop follows the open first. Then either extreme may come first, and the worse of both ways is taken: a stop that
/// the worse extreme touches is touched before the better extreme could move it; one that is touched only where it stands
/// after the better extreme is touched there. What is left of a bar moves the stop for the next one.
struct TrailingPath {
    let side: Side
    let trail: Trail
    /// The grid of prices.
    let step: Price
    /// Where it stands before the bar; nil where it has not seen a price.
    let stop: Price?
    /// A price at which the position is closed with a profit, so that nothing better moves the stop; nil for none.
    var ceiling: Price?

    /// Where it stands once the market has been at a price: never further away than before.
    func following(_ best: Price, from stop: Price?) -> Price {
        let level = level(behind: best)
        guard let stop else { return level }
        return side == .sell ? max(stop, level) : min(stop, level)
    }

    /// Where it stands after the bar.
    func after(_ bar: Bar) -> Price {
        following(best(bar), from: following(bar.open, from: stop))
    }

    /// What becomes of an order that stood before the bar.
    func match(_ bar: Bar) -> BarMatch {
        if let stop, side.isTouched(stop, by: bar.open) { return .takes(bar.open, limit: nil, atOpen: true) }
        let (first, last) = levels(bar)
        if side.isTouched(first, by: worst(bar)) { return .takes(first, limit: nil, atOpen: false) }
        if side.isTouched(last, by: worst(bar)) { return .takes(last, limit: nil, atOpen: false) }
        return .none
    }

    /// Which order of the extremes was taken where the other would have come to something else; nil where both agree.
    func note(_ bar: Bar) -> String? {
        if let stop, side.isTouched(stop, by: bar.open) { return nil }
        let (first, last) = levels(bar)
        let (better, worse) = side == .sell ? ("high", "low") : ("low", "high")
        guard first != last, side.isTouched(last, by: worst(bar)) else { return nil }
        if side.isTouched(first, by: worst(bar)) { return "the \(worse) is taken to come before the \(better)" }
        return side.isTouched(last, by: bar.close) ? nil : "the \(better) is taken to come before the \(worse)"
    }

    /// Where it stands after the open, and after the better extreme.
    private func levels(_ bar: Bar) -> (first: Price, last: Price) {
        let first = following(bar.open, from: stop)
        return (first, following(best(bar), from: first))
    }

    private func best(_ bar: Bar) -> Price {
        guard let ceiling else { return side == .sell ? bar.high : bar.low }
        return side == .sell ? min(bar.high, ceiling) : max(bar.low, ceiling)
    }

    private func worst(_ bar: Bar) -> Price { side == .sell ? bar.low : bar.high }

    /// The distance behind a price, on the grid towards that price but at least a step away, and above zero.
    private func level(behind best: Price) -> Price {
        let exact = exact(behind: best)
        let below = exact.roundedDown(toMultipleOf: step)
        guard side == .sell else { return max(below, moved(best, by: step)) }
        let nearest = below < exact ? moved(below, by: step) : below
        return max(step, min(nearest, (try? best - step) ?? step))
    }

    private func exact(behind best: Price) -> Price {
        switch trail {
        case .amount(let amount): side == .sell ? (try? best - amount) ?? step : moved(best, by: amount)
        case .fraction(let share):
            (try? best.moved(by: side == .sell ? -share : share)) ?? (side == .sell ? step : Price(raw: .max))
        }
    }

    private func moved(_ price: Price, by amount: Price) -> Price {
        (try? price + amount) ?? Price(raw: .max)
    }
}
