/// Figures of three candles, or of three after one.
extension CandlestickPattern {
    /// Strength: how deep the third close is in the first body.
    func morningStar(_ view: CandleView) -> PatternMatch? {
        let (first, third) = (view[2], view[0])
        guard !first.isWhite, third.isWhite, view.isLong(2), view.isShort(1), view.gapsDown(1), !view.isShort(0),
            third.close > first.close + first.body * 0.3
        else { return nil }
        return PatternMatch(self, .bullish, (third.close - first.close) / first.body)
    }

    /// Strength: how deep the third close is in the first body.
    func eveningStar(_ view: CandleView) -> PatternMatch? {
        let (first, third) = (view[2], view[0])
        guard first.isWhite, !third.isWhite, view.isLong(2), view.isShort(1), view.gapsUp(1), !view.isShort(0),
            third.close < first.close - first.body * 0.3
        else { return nil }
        return PatternMatch(self, .bearish, (first.close - third.close) / first.body)
    }

    /// Strength: the bodies' share of the three ranges.
    func threeWhiteSoldiers(_ view: CandleView) -> PatternMatch? {
        let advances = [1, 0].allSatisfy { back in
            let (before, candle) = (view[back + 1], view[back])
            return candle.close > before.close && candle.open > before.open
                && candle.open <= before.close + view.limit(.near, back + 1)
                && candle.body > before.body - view.limit(.far, back + 1)
        }
        let isClean = [2, 1, 0].allSatisfy { view[$0].isWhite && view.hasNoUpperShadow($0) }
        guard isClean, advances, !view.isShort(0) else { return nil }
        return PatternMatch(self, .bullish, bodyShare(view))
    }

    /// Strength: the bodies' share of the three ranges.
    func threeBlackCrows(_ view: CandleView) -> PatternMatch? {
        let declines = [1, 0].allSatisfy { back in
            let (before, candle) = (view[back + 1], view[back])
            return candle.open < before.open && candle.open > before.close && candle.close < before.close
        }
        let isClean = [2, 1, 0].allSatisfy { !view[$0].isWhite && view.hasNoLowerShadow($0) }
        guard view[3].isWhite, view[3].high > view[2].close, isClean, declines else { return nil }
        return PatternMatch(self, .bearish, bodyShare(view))
    }

    private func bodyShare(_ view: CandleView) -> Double {
        let bodies = view[2].body + view[1].body + view[0].body
        return bodies / (view[2].range + view[1].range + view[0].range)
    }
}
