import Determinism
import Testing
import Triggers
import WorkflowModel

@Suite struct TriggerBacktestTests {
    @Test func `every firing is listed in order, with the schedule's between observations`() throws {
        let definitions = [
            TriggerDefinition(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any)),
            TriggerDefinition(.schedule(cron: "0 9 * * 1-5", timeZone: "America/New_York", missed: .skip)),
        ]
        let prices: [(String, Double)] = [
            ("01-02T21:00", 100), ("01-05T21:00", 101), ("01-06T21:00", 103), ("01-07T21:00", 104),
        ]
        let outcome = try TriggerBacktest.run(
            definitions, of: "trader", from: at("01-02T00:00"), through: at("01-08T15:00"),
            observations: prices.map { .init(try at($0), .price(symbol: "AAPL", price: $1)) })
        #expect(
            outcome.firings.map { "\($0.type) \($0.time)" } == [
                "schedule 2026-01-02T14:00:00Z", "schedule 2026-01-05T14:00:00Z", "schedule 2026-01-06T14:00:00Z",
                "price_change 2026-01-06T21:00:00Z", "schedule 2026-01-07T14:00:00Z", "schedule 2026-01-08T14:00:00Z",
            ])
        #expect(outcome.triggers.map(\.evaluations) == [4, 9])
        #expect(outcome.triggers.map(\.firings) == [1, 5])
    }

    @Test func `the same history gives the same outcome`() throws {
        let runs = try (0..<2).map { _ in
            try TriggerBacktest.run(
                History.definitions, of: "trader", from: History.start, observations: History(seed: 7).moments(500))
        }
        #expect(runs[0] == runs[1] && runs[0].firings.count > 50)
    }

    @Test func `a schedule beyond the years that triggers know ends, and lists what came before`() throws {
        let yearly = TriggerDefinition(.schedule(cron: "@yearly", timeZone: "UTC", missed: .all))
        let end = try #require(Timestamp("2261-01-01T00:00:00Z"))
        let outcome = try TriggerBacktest.run(
            [yearly], of: "trader", from: at("01-01T00:00"), through: end, observations: [])
        #expect(outcome.firings.last?.scheduled == Timestamp("2199-01-01T00:00:00Z"))
        #expect(outcome.firings.count == 173)
    }

    @Test func `observations out of order are refused`() throws {
        let error = #expect(throws: TriggerError.self) {
            try TriggerBacktest.run(
                [], of: "trader", from: at("01-01T00:00"),
                observations: [.init(try at("01-02T00:00"), .tick), .init(try at("01-01T23:59"), .tick)])
        }
        #expect(
            error?.message == """
                an observation at 2026-01-01T23:59:00Z follows one at 2026-01-02T00:00:00Z; sort them by time
                """)
    }
}
