import Determinism
public import MarketData
public import TradingModel

extension BarStore {
    /// Looks a stored series through; throws where its file, or that of its splits and dividends, is damaged.
    ///
    /// A move as of a split is no finding on the day of a split that is stored. `sessions` gives the trading hours of
    /// shares.
    public func findings(
        _ key: BarKey, sessions: (Symbol, AssetClass) -> SessionBounds?
    ) throws -> [QualityFinding] {
        let (info, series) = try load(key)
        let splits = Set(try actions(key.symbol).filter { $0.kind == .split }.map(\.date))
        let assetClass = info.instrument.assetClass
        let expected = ExpectedBars(assetClass, sessions(key.symbol, assetClass))
        return QualityCheck(key.length, expected).findings(series).filter { finding in
            finding.kind != .splitLike || !splits.contains(finding.from.date)
        }
    }
}

extension ExpectedBars {
    /// Sessions where they are known; else bars without a pause for crypto.
    init(_ assetClass: AssetClass, _ sessions: SessionBounds?) {
        self = sessions.map { .sessions($0) } ?? (assetClass == .crypto ? .continuous : .unknown)
    }
}
