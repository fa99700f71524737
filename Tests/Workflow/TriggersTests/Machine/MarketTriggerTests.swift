import Determinism
import Foundation
import Testing
import Triggers
import WorkflowModel

@Suite struct MarketTriggerTests {
    @Test func `a price is measured from the first seen, then from the last firing`() throws {
        var trigger = try machine(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any))
        let first = trigger.evaluate(.price(symbol: "AAPL", price: 100), at: try at("01-02T10:00"))
        #expect(first.reason == "100 is the first price of AAPL; moves count from it")
        let small = trigger.evaluate(.price(symbol: "AAPL", price: 101.2), at: try at("01-02T10:01"))
        #expect(small.reason == "AAPL rose 1.2 % since 100 at 2026-01-02T10:00:00Z; 2 % needed")
        let fired = trigger.evaluate(bar("AAPL", 102, volume: 1), at: try at("01-02T10:02"))
        #expect(fired.firings.map(\.cause) == ["AAPL rose 2 % since 100 at 2026-01-02T10:00:00Z; 2 % needed"])
        #expect(fired.firings.first?.input["reference_price"] == .number(100))
        let next = trigger.evaluate(.price(symbol: "AAPL", price: 100.1), at: try at("01-02T10:03"))
        #expect(next.reason == "AAPL fell 1.8627 % since 102 at 2026-01-02T10:02:00Z; 2 % needed")
        #expect(trigger.evaluate(.price(symbol: "AAPL", price: 99.9), at: try at("01-02T10:04")).firings.count == 1)
    }

    @Test(arguments: [(PriceDirection.up, 97.0, 0), (.up, 103, 1), (.down, 103, 0), (.down, 97, 1), (.any, 97, 1)])
    func `a price moves the wanted way or not at all`(direction: PriceDirection, price: Double, fires: Int) throws {
        var trigger = try machine(.priceChange(symbol: "AAPL", threshold: 0.02, direction: direction))
        _ = trigger.evaluate(.price(symbol: "AAPL", price: 100), at: try at("01-02T10:00"))
        let decision = trigger.evaluate(.price(symbol: "AAPL", price: price), at: try at("01-02T10:01"))
        #expect(decision.firings.count == fires)
    }

    @Test(arguments: [0, -1, Double.nan, Double.infinity])
    func `what is no price changes nothing`(price: Double) throws {
        var trigger = try machine(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any))
        _ = trigger.evaluate(.price(symbol: "AAPL", price: 100), at: try at("01-02T10:00"))
        let decision = trigger.evaluate(.price(symbol: "AAPL", price: price), at: try at("01-02T10:01"))
        #expect(decision.reason == "\(price) is no price of AAPL")
        let after = trigger.evaluate(.price(symbol: "AAPL", price: 101), at: try at("01-02T10:02"))
        #expect(after.reason == "AAPL rose 1 % since 100 at 2026-01-02T10:00:00Z; 2 % needed")
    }

    @Test func `numbers too far apart to be compared fire nothing`() throws {
        var price = try machine(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any))
        _ = price.evaluate(.price(symbol: "AAPL", price: 1e-300), at: try at("01-02T10:00"))
        let move = price.evaluate(.price(symbol: "AAPL", price: 1e300), at: try at("01-02T10:01"))
        #expect(move.reason?.hasSuffix("no move that can be measured") == true)
        _ = try price.snapshot()
    }

    @Test func `other symbols and other kinds are no evaluation`() throws {
        var trigger = try machine(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any))
        for other: Observation in [.price(symbol: "MSFT", price: 1), .tick, .volatilityIndex(level: 40)] {
            #expect(trigger.evaluate(other, at: try at("01-02T10:00")) == .notConcerned)
        }
        #expect(trigger.status.evaluations == 0)
        #expect(trigger.status.notFiredBecause == "nothing that concerns it has been seen yet")
    }

    @Test func `a volume is compared with the twenty bars before it, once there are twenty`() throws {
        var trigger = try machine(.volumeSpike(symbol: "AAPL", multiplier: 2))
        var time = try at("01-02T10:00")
        for count in 0..<20 {
            let decision = trigger.evaluate(bar("AAPL", 1, volume: count == 0 ? 9_000 : 1_000), at: time)
            #expect(decision.reason == "\(count) of 20 bars seen, too few for an average")
            time = time + .seconds(60)
        }
        // The first bar is in this average, and out of the next.
        let under = trigger.evaluate(bar("AAPL", 1, volume: 2_799), at: time)
        #expect(
            under.reason == "AAPL traded 2799, 1.9993 times the average 1400 of the last 20 bars; 2 times needed")
        let fired = trigger.evaluate(bar("AAPL", 1, volume: 2_200), at: time + .seconds(60))
        #expect(fired.firings.first?.input["average_volume"] == .number(1_089.95))
        #expect(trigger.status.lastValue == .number(2_200 / 1_089.95) && trigger.status.reference == 1_089.95)
    }

    @Test func `what was compared with the threshold is kept, also over a restart`() throws {
        let kind = TriggerDefinition.Kind.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any)
        var trigger = try machine(kind)
        #expect(trigger.status.lastValue == .null && trigger.status.checkedAt == nil)
        #expect(trigger.status.threshold == .number(0.02))
        _ = trigger.evaluate(.price(symbol: "AAPL", price: 100), at: try at("01-02T10:00"))
        #expect(trigger.status.lastValue == .null && trigger.status.reference == 100)
        _ = trigger.evaluate(.price(symbol: "AAPL", price: 99), at: try at("01-02T10:01"))
        _ = trigger.evaluate(.price(symbol: "MSFT", price: 1), at: try at("01-02T10:02"))
        var restored = try machine(kind)
        try restored.restore(trigger.snapshot())
        for status in [trigger.status, restored.status] {
            #expect(status.lastValue == .number(-0.01) && status.reference == 100)
            #expect(status.checkedAt == (try at("01-02T10:01")))
        }
    }

    @Test func `state from before values were kept is taken up without one`() throws {
        var trigger = try machine(.volatility(symbol: nil, level: 30))
        _ = trigger.evaluate(.volatilityIndex(level: 12), at: try at("01-02T10:00"))
        #expect(trigger.status.lastValue == .number(12))
        let text = String(decoding: try trigger.snapshot(), as: UTF8.self)
        let start = try #require(text.range(of: #""measure":{"#))
        let end = try #require(text.range(of: "},", range: start.upperBound..<text.endIndex))
        try trigger.restore(Array(text.replacingCharacters(in: start.lowerBound..<end.upperBound, with: "").utf8))
        #expect(trigger.status.evaluations == 1 && trigger.status.lastValue == .null)
    }

    @Test func `bars without any volume have no average to exceed`() throws {
        var trigger = try machine(.volumeSpike(symbol: "AAPL", multiplier: 2))
        for _ in 0..<20 { _ = trigger.evaluate(bar("AAPL", 1, volume: 0), at: try at("01-02T10:00")) }
        let decision = trigger.evaluate(bar("AAPL", 1, volume: 5), at: try at("01-02T10:01"))
        #expect(decision.reason == "nothing was traded in the last 20 bars")
    }

    @Test func `a level fires once, and again after it was clearly lower`() throws {
        var trigger = try machine(.volatility(symbol: "AAPL", level: 30))
        var fired: [Double] = []
        for (minute, level) in [29.9, 30, 35, 29, 31, 28.4, 29.9, 30.5].enumerated() {
            let time = try at("01-02T10:00") + .seconds(60 * minute)
            if !trigger.evaluate(.volatilityIndex(level: level), at: time).firings.isEmpty { fired.append(level) }
        }
        #expect(fired == [30, 30.5])
        let again = trigger.evaluate(.volatilityIndex(level: 31), at: try at("01-02T11:00"))
        #expect(again.reason == "the volatility index is 31 and has not been under 28.5 since it fired")
    }

    @Test func `a symbol's own volatility counts only as long as no index was seen`() throws {
        var trigger = try machine(.volatility(symbol: "AAPL", level: 30), cooldown: .seconds(1))
        let own = Observation.realisedVolatility(symbol: "AAPL", level: 45)
        #expect(trigger.evaluate(own, at: try at("01-02T10:00")).firings.first?.cause.contains("AAPL is 45") == true)
        _ = trigger.evaluate(.volatilityIndex(level: 12), at: try at("01-02T10:01"))
        #expect(trigger.evaluate(own, at: try at("01-02T10:02")) == .notConcerned)
    }
}
