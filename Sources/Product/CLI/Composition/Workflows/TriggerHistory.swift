import Determinism
import MarketData
import TradingModel
import TradingStore
import Triggers
import WorkflowModel

/// History as triggers see it: bars, the volatility they show, and headlines, in order of time.
enum TriggerHistory {
    static func moments(
        data names: [String], news: [String], length: BarLength?, days: DayRange, home: String
    ) throws -> [TriggerBacktest.Moment] {
        var moments: [TriggerBacktest.Moment] = []
        if !names.isEmpty {
            let store = FileBytes.exists(home + "/bars") ? try BarStore.open(home: home) : nil
            let market = try RecordedMarket(names, length: length, store: store)
            for entry in market.series {
                let instrument = market.universe[entry.id]
                let bars = days.bars(entry.bars, instrument.assetClass)
                moments += observations(bars, instrument.symbol.name, isDaily: market.length.isDaily)
            }
        }
        moments += try HeadlineFiles.read(news).map { headline in
            let observed = ObservedNews(
                headline.title, source: headline.source, symbols: headline.symbols.map(\.name))
            return TriggerBacktest.Moment(headline.published, .news(observed))
        }
        // Equal times keep the order in which they were given, so that every run lists the same.
        return moments.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
    }

    private static func observations(
        _ bars: BarSeries, _ symbol: String, isDaily: Bool
    ) -> [TriggerBacktest.Moment] {
        var returns: [Double] = []
        var last: Double?
        var moments: [TriggerBacktest.Moment] = []
        for bar in bars {
            let seen = ObservedBar(
                symbol: symbol, open: bar.open.double, high: bar.high.double, low: bar.low.double,
                close: bar.close.double, volume: bar.volume)
            moments.append(TriggerBacktest.Moment(bar.end, .bar(seen)))
            if let last, last > 0 { returns = Array((returns + [bar.close.double / last - 1]).suffix(20)) }
            last = bar.close.double
            if isDaily, let level = volatility(returns) {
                moments.append(TriggerBacktest.Moment(bar.end, .realisedVolatility(symbol: symbol, level: level)))
            }
        }
        return moments
    }

    /// The volatility of twenty daily returns in percent a year of 252 days; nil before there are twenty.
    private static func volatility(_ returns: [Double]) -> Double? {
        guard returns.count == 20 else { return nil }
        let mean = returns.reduce(0, +) / 20
        let variance = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19
        return (variance * 252).squareRoot() * 100
    }
}
