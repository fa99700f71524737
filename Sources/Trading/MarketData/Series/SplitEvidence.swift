import Determinism
import TradingModel

/// What prices around the dates of splits show: a jump by the ratio, or none.
struct SplitEvidence {
    /// Splits at which the price falls, or rises, about as the ratio says.
    private(set) var jumps: [CorporateAction] = []
    /// Splits at which it does not.
    private(set) var smooth: [CorporateAction] = []

    init(_ bars: BarColumns, _ actions: [CorporateAction]) {
        for action in actions where action.kind == .split && (action.value >= 1.3 || action.value <= 0.77) {
            guard let index = SplitEvidence.firstBar(on: action.date, bars), index > 0 else { continue }
            let before = Double(bars.close[index - 1])
            let ratio = before / Double(bars.open[index])
            // Nearer to the ratio of the split than to no change at all, on a scale of factors.
            let expected = action.value
            let isJump = abs(logarithm(ratio / expected)) < abs(logarithm(ratio))
            if isJump { jumps.append(action) } else { smooth.append(action) }
        }
    }

    /// What all splits agree on; nil where there are none or they differ.
    var basis: PriceBasis? {
        switch (jumps.isEmpty, smooth.isEmpty) {
        case (false, true): .asTraded
        case (true, false): .splits
        default: nil
        }
    }

    /// The first bar whose day, told by its end, is `date` or later.
    static func firstBar(on date: CivilDate, _ bars: BarColumns) -> Int? {
        let midnight = Timestamp(date).nanoseconds
        var low = 0
        var high = bars.count
        while low < high {
            let middle = (low + high) / 2
            if bars.end[middle] <= midnight { low = middle + 1 } else { high = middle }
        }
        return low < bars.count ? low : nil
    }
}
