import Analysis
import Foundation
import Testing
import TradingModel

/// Prints what the nodes take; for release builds, on demand.
@Suite(.serialized) struct SpeedTests {
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["BELLWETHER_SPEED"] != nil, "set BELLWETHER_SPEED to measure"),
        arguments: [50, 150])
    func `seven nodes over a year of bars`(instruments: Int) throws {
        let market = try SyntheticMarket(seed: 1, instruments: instruments, bars: 252)
        let (window, ids) = (market.window, market.window.universe.ids)
        let node = SentimentAnalysis()
        let headlines = ids.compactMap { id -> Headline? in
            window.asOf.map {
                Headline(
                    published: $0, symbols: [window.universe.symbol(id)],
                    title: "Company \(id.index) beats on earnings but cuts full-year guidance; shares fall 8%",
                    source: "x")
            }
        }
        let clock = ContinuousClock()
        func measure(_ name: String, _ body: () throws -> Void) rethrows {
            try body()
            let times = try (0..<9).map { _ in try clock.measure(body) }.sorted()
            print("\(instruments) \(name) \(times[4])")
        }
        try measure("all") { _ = try Pipeline(market, headlines: headlines, sentiment: node) }
        measure("sentiment") {
            if let now = window.asOf { _ = node.assess(headlines, window.universe, ids, now: now) }
        }
        measure("technical") { _ = TechnicalAnalysis().assess(window, ids) }
        measure("pattern") { _ = PatternAnalysis().assess(window, ids) }
        measure("risk") { _ = RiskAnalysis().assess(window, ids, portfolio: market.portfolio) }
        let signals = Signals.made(window, buy: ids.map(\.index))
        for method in PortfolioOptimisation.Method.allCases {
            var optimisation = PortfolioOptimisation()
            optimisation.method = method
            optimisation.cap = 3 / Double(instruments)
            let target = try optimisation.optimise(window, signals, market.portfolio)
            try measure("\(method) of all") { _ = try optimisation.optimise(window, signals, market.portfolio) }
            measure("plan of all") { _ = ExecutionPlanning().plan(target, signals, market.portfolio, window) }
        }
    }
}
