/// Figures of one candle, some with an eye on the candle before.
extension CandlestickPattern {
    /// Strength: how far the body is under the limit.
    func doji(_ view: CandleView) -> PatternMatch? {
        guard view.isDoji(0) else { return nil }
        return PatternMatch(self, .neutral, 1 - view[0].body / view.limit(.bodyDoji, 0))
    }

    /// Strength: the lower shadow's share of the range.
    func dragonflyDoji(_ view: CandleView) -> PatternMatch? {
        guard view.isDoji(0), view.hasNoUpperShadow(0), view[0].lowerShadow > view.limit(.shadowVeryShort, 0)
        else { return nil }
        return PatternMatch(self, .bullish, view[0].lowerShadow / view[0].range)
    }

    /// Strength: the upper shadow's share of the range.
    func gravestoneDoji(_ view: CandleView) -> PatternMatch? {
        guard view.isDoji(0), view.hasNoLowerShadow(0), view[0].upperShadow > view.limit(.shadowVeryShort, 0)
        else { return nil }
        return PatternMatch(self, .bearish, view[0].upperShadow / view[0].range)
    }

    /// Strength: the lower shadow's share of the range.
    func hammer(_ view: CandleView) -> PatternMatch? {
        guard hangs(view), view[0].bodyBottom <= view[1].low + view.limit(.near, 1) else { return nil }
        return PatternMatch(self, .bullish, view[0].lowerShadow / view[0].range)
    }

    /// Strength: the lower shadow's share of the range.
    func hangingMan(_ view: CandleView) -> PatternMatch? {
        guard hangs(view), view[0].bodyBottom >= view[1].high - view.limit(.near, 1) else { return nil }
        return PatternMatch(self, .bearish, view[0].lowerShadow / view[0].range)
    }

    /// Strength: the upper shadow's share of the range.
    func invertedHammer(_ view: CandleView) -> PatternMatch? {
        guard stands(view), view.gapsDown(0) else { return nil }
        return PatternMatch(self, .bullish, view[0].upperShadow / view[0].range)
    }

    /// Strength: the upper shadow's share of the range.
    func shootingStar(_ view: CandleView) -> PatternMatch? {
        guard stands(view), view.gapsUp(0) else { return nil }
        return PatternMatch(self, .bearish, view[0].upperShadow / view[0].range)
    }

    /// Strength: the body's share of the range.
    func marubozu(_ view: CandleView) -> PatternMatch? {
        guard view.isLong(0), view.hasNoUpperShadow(0), view.hasNoLowerShadow(0) else { return nil }
        return PatternMatch(self, view[0].isWhite ? .bullish : .bearish, view[0].body / view[0].range)
    }

    /// A small body over a long lower shadow.
    private func hangs(_ view: CandleView) -> Bool {
        view[0].body < view.limit(.bodyShort, 0) && view[0].lowerShadow > view.limit(.shadowLong, 0)
            && view.hasNoUpperShadow(0)
    }

    /// A small body under a long upper shadow.
    private func stands(_ view: CandleView) -> Bool {
        view[0].body < view.limit(.bodyShort, 0) && view[0].upperShadow > view.limit(.shadowLong, 0)
            && view.hasNoLowerShadow(0)
    }
}
