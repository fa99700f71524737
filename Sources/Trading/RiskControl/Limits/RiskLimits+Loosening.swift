import TradingModel

extension RiskLimits {
    /// The limits that allow more than `old` did, by name, in order of declaration: what a person must confirm.
    public func loosened(from old: RiskLimits) -> [String] {
        looserCeilings(than: old) + looserFloors(than: old) + looserRest(than: old)
    }

    private func looserCeilings(than old: RiskLimits) -> [String] {
        let ceilings: [(String, KeyPath<RiskLimits, Double?>)] = [
            ("maxPositionShare", \.maxPositionShare), ("stopLoss", \.stopLoss), ("maxDailyLoss", \.maxDailyLoss),
            ("maxDrawdown", \.maxDrawdown), ("maxCorrelatedShare", \.maxCorrelatedShare),
            ("maxSlippage", \.maxSlippage), ("riskPerTrade", \.riskPerTrade),
            ("riskPerVolatileTrade", \.riskPerVolatileTrade), ("haltVolatility", \.haltVolatility),
            ("maxPriceDistance", \.maxPriceDistance),
        ]
        return ceilings.filter { isHigher(self[keyPath: $1], old[keyPath: $1]) }.map(\.0)
    }

    private func looserFloors(than old: RiskLimits) -> [String] {
        var names: [String] = []
        if isHigher(minDailyTurnover.map { -$0 }, old.minDailyTurnover.map { -$0 }) { names.append("minDailyTurnover") }
        if isHigher(minNotional.map { -$0.raw }, old.minNotional.map { -$0.raw }) { names.append("minNotional") }
        if isHigher(cooldownAfterStop.map { .zero - $0 }, old.cooldownAfterStop.map { .zero - $0 }) {
            names.append("cooldownAfterStop")
        }
        if feeAllowance < old.feeAllowance { names.append("feeAllowance") }
        return names
    }

    private func looserRest(than old: RiskLimits) -> [String] {
        var names: [String] = []
        if isHigher(maxPriceAge, old.maxPriceAge) { names.append("maxPriceAge") }
        if isHigher(maxOrdersPerMinute, old.maxOrdersPerMinute) { names.append("maxOrdersPerMinute") }
        if isHigher(maxNotional, old.maxNotional) { names.append("maxNotional") }
        if correlationThreshold > old.correlationThreshold { names.append("correlationThreshold") }
        if correlationWindow != old.correlationWindow { names.append("correlationWindow") }
        if highVolatility > old.highVolatility { names.append("highVolatility") }
        if allowShort, !old.allowShort { names.append("allowShort") }
        if old.flattensOnLoss, !flattensOnLoss { names.append("flattensOnLoss") }
        return names
    }

    /// None is the highest of all.
    private func isHigher<Value: Comparable>(_ new: Value?, _ old: Value?) -> Bool {
        guard let old else { return false }
        return new.map { $0 > old } ?? true
    }
}
