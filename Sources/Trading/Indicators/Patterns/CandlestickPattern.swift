/// A figure of one to four candles; each is the TA-Lib function named beside it, with TA-Lib's candle settings.
///
/// Inverted hammer and shooting star are TA-Lib's CDLINVERTEDHAMMER and CDLSHOOTINGSTAR: one shape after a gap down, or up.
public enum CandlestickPattern: String, Sendable, Hashable, Codable, CaseIterable {
    /// CDLDOJI: hardly any body.
    case doji
    /// CDLDRAGONFLYDOJI: a doji with no upper and a noticeable lower shadow.
    case dragonflyDoji = "dragonfly_doji"
    /// CDLGRAVESTONEDOJI: a doji with no lower and a noticeable upper shadow.
    case gravestoneDoji = "gravestone_doji"
    /// CDLHAMMER: a small body over a long lower shadow, near the low before.
    case hammer
    /// CDLHANGINGMAN: the same shape, near the high before.
    case hangingMan = "hanging_man"
    /// CDLINVERTEDHAMMER: a small body under a long upper shadow, after a gap down.
    case invertedHammer = "inverted_hammer"
    /// CDLSHOOTINGSTAR: the same shape, after a gap up.
    case shootingStar = "shooting_star"
    /// CDLMARUBOZU: a long body without shadows, of either colour.
    case marubozu
    /// CDLENGULFING: a body that covers the one before, of the other colour.
    case engulfing
    /// CDLHARAMI: a small body inside the long one before; it turns against that one's colour.
    case harami
    /// CDLPIERCING: a white candle that opens under a long black one and closes above its middle.
    case piercingLine = "piercing_line"
    /// CDLDARKCLOUDCOVER: a black candle that opens over a long white one and closes below its middle.
    case darkCloudCover = "dark_cloud_cover"
    /// CDLMORNINGSTAR: long black, a small body below, white well into the first.
    case morningStar = "morning_star"
    /// CDLEVENINGSTAR: long white, a small body above, black well into the first.
    case eveningStar = "evening_star"
    /// CDL3WHITESOLDIERS: three white candles, each further up, without upper shadows.
    case threeWhiteSoldiers = "three_white_soldiers"
    /// CDL3BLACKCROWS: three black candles after a white one, each further down, without lower shadows.
    case threeBlackCrows = "three_black_crows"

    /// How many candles must come before the last one of the figure.
    public var history: Int {
        switch self {
        case .doji, .dragonflyDoji, .gravestoneDoji, .marubozu: 10
        case .hammer, .hangingMan, .invertedHammer, .shootingStar, .harami, .piercingLine, .darkCloudCover: 11
        case .engulfing: 2
        case .morningStar, .eveningStar, .threeWhiteSoldiers: 12
        case .threeBlackCrows: 13
        }
    }
}

/// Which way a pattern is read.
public enum PatternDirection: Int, Sendable, Hashable, Codable {
    /// Prices are expected to fall.
    case bearish = -1
    /// Neither: the market hesitates.
    case neutral = 0
    /// Prices are expected to rise.
    case bullish = 1
}

/// A pattern that was found.
public struct PatternMatch: Sendable, Hashable, Codable {
    /// Which one.
    public let pattern: CandlestickPattern
    /// How it is read. TA-Lib gives the three dojis 100; here they are neutral, bullish and bearish.
    public let direction: PatternDirection
    /// How pronounced it is, 0...1: what is measured is said at each rule in `CandlestickPatterns`.
    public let strength: Double

    init(_ pattern: CandlestickPattern, _ direction: PatternDirection, _ strength: Double) {
        self.pattern = pattern
        self.direction = direction
        self.strength = strength.isNaN ? 0 : min(max(strength, 0), 1)
    }
}
