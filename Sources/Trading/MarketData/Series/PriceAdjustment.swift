import Determinism
import TradingModel

/// Why prices cannot be adjusted as asked.
public struct AdjustmentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to do; one line.
    public let message: String

    public var description: String { message }
}

/// Brings prices before a split into new shares and takes later dividends off earlier prices.
public enum PriceAdjustment {
    /// The bars on another basis.
    ///
    /// Before a split prices are divided and volumes multiplied by its ratio; before a dividend prices are multiplied by
    /// one less the dividend's share of the close before it, as Yahoo Finance does. (Quandl WIKI divides by one plus the
    /// dividend's share of the close after it: up to 0.02 percent away.)
    /// Throws where the basis is not known, is reached already, or is contradicted by the prices at a split.
    public static func adjusted(
        _ bars: BarColumns, by actions: [CorporateAction], from basis: PriceBasis?, to target: PriceBasis
    ) throws(AdjustmentError) -> BarColumns {
        let basis = try check(bars, actions, basis, target)
        var result = bars
        var priceFactor = 1.0
        var volumeFactor = 1.0
        var end = bars.count
        for action in actions.sorted().reversed() {
            guard let index = SplitEvidence.firstBar(on: action.date, bars), index > 0 else { continue }
            scale(&result, index..<max(index, end), priceFactor, volumeFactor)
            end = min(end, index)
            switch action.kind {
            case .split where basis == .asTraded:
                priceFactor /= action.value
                volumeFactor *= action.value
            case .dividend where target == .splitsAndDividends:
                priceFactor *= 1 - action.value * 1e8 / Double(bars.close[index - 1])
            default: break
            }
        }
        scale(&result, 0..<end, priceFactor, volumeFactor)
        return result
    }

    private static func check(
        _ bars: BarColumns, _ actions: [CorporateAction], _ basis: PriceBasis?, _ target: PriceBasis
    ) throws(AdjustmentError) -> PriceBasis {
        guard let basis else {
            throw AdjustmentError(
                message: "nobody said what was done to these prices: say as traded, or adjusted for splits")
        }
        guard rank(target) > rank(basis) else {
            throw AdjustmentError(
                message: "the prices are \(basis.rawValue) already: adjusting them to \(target.rawValue) would be wrong"
            )
        }
        let evidence = SplitEvidence(bars, actions)
        if basis == .asTraded, let split = evidence.smooth.first {
            throw AdjustmentError(
                message: "said to be as traded, but the price does not jump at the split of \(split.value) on "
                    + "\(split.date): it is adjusted for splits already")
        }
        if basis == .splits, let split = evidence.jumps.first {
            throw AdjustmentError(
                message: "said to be adjusted for splits, but the price jumps at the split of \(split.value) on "
                    + "\(split.date): it is as traded")
        }
        return basis
    }

    private static func rank(_ basis: PriceBasis) -> Int {
        switch basis {
        case .asTraded: 0
        case .splits: 1
        case .splitsAndDividends: 2
        }
    }

    private static func scale(_ bars: inout BarColumns, _ range: Range<Int>, _ price: Double, _ volume: Double) {
        guard price != 1 || volume != 1 else { return }
        for index in range {
            bars.open[index] = scaled(bars.open[index], price)
            bars.high[index] = scaled(bars.high[index], price)
            bars.low[index] = scaled(bars.low[index], price)
            bars.close[index] = scaled(bars.close[index], price)
            bars.volume[index] *= volume
        }
    }

    /// At least one hundred-millionth, so that a price stays a price.
    private static func scaled(_ raw: Int64, _ factor: Double) -> Int64 {
        max(1, Int64((Double(raw) * factor).rounded()))
    }
}
