/// Figures of two candles.
extension CandlestickPattern {
    /// Strength: the share of the second body that the first does not fill. One end of the bodies may be equal, not both.
    func engulfing(_ view: CandleView) -> PatternMatch? {
        let (first, second) = (view[1], view[0])
        let covers = second.bodyTop >= first.bodyTop && second.bodyBottom <= first.bodyBottom
        let isLarger = second.bodyTop > first.bodyTop || second.bodyBottom < first.bodyBottom
        guard first.isWhite != second.isWhite, covers, isLarger else { return nil }
        return PatternMatch(self, second.isWhite ? .bullish : .bearish, 1 - first.body / second.body)
    }

    /// Strength: the share of the first body that the second does not fill. The ends of the bodies may be equal.
    func harami(_ view: CandleView) -> PatternMatch? {
        let (first, second) = (view[1], view[0])
        let isInside = second.bodyTop <= first.bodyTop && second.bodyBottom >= first.bodyBottom
        guard view.isLong(1), view.isShort(0), isInside else { return nil }
        return PatternMatch(self, first.isWhite ? .bearish : .bullish, 1 - second.body / first.body)
    }

    /// Strength: how deep the second close is in the first body.
    func piercingLine(_ view: CandleView) -> PatternMatch? {
        let (first, second) = (view[1], view[0])
        guard !first.isWhite, second.isWhite, view.isLong(1), view.isLong(0), second.open < first.low,
            second.close < first.open, second.close > first.close + first.body * 0.5
        else { return nil }
        return PatternMatch(self, .bullish, (second.close - first.close) / first.body)
    }

    /// Strength: how deep the second close is in the first body.
    func darkCloudCover(_ view: CandleView) -> PatternMatch? {
        let (first, second) = (view[1], view[0])
        guard first.isWhite, !second.isWhite, view.isLong(1), second.open > first.high,
            second.close > first.open, second.close < first.close - first.body * 0.5
        else { return nil }
        return PatternMatch(self, .bearish, (first.close - second.close) / first.body)
    }
}
