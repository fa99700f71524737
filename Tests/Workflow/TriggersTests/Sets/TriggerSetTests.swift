import Determinism
import Foundation
import Testing
import Triggers
import WorkflowModel

@Suite struct TriggerSetTests {
    @Test func `stopping and restoring between any two observations changes no firing`() throws {
        for seed in 0..<5 {
            let moments = History(seed: UInt64(seed)).moments(200)
            var whole = try TriggerSet(of: "trader", History.definitions, startingAt: History.start)
            var parts = whole
            var count = 0
            for moment in moments {
                let firings = whole.evaluate(moment.observation, at: moment.time)
                var restored = try TriggerSet(of: "trader", History.definitions, startingAt: History.start)
                try restored.restore(parts.snapshot())
                parts = restored
                #expect(parts.evaluate(moment.observation, at: moment.time) == firings)
                count += firings.count
            }
            #expect(parts.status == whole.status)
            #expect(count > 20)
        }
    }

    @Test func `status says of every trigger when it looked, fired, and why it did not`() throws {
        var triggers = try TriggerSet(of: "trader", History.definitions, startingAt: History.start)
        _ = triggers.evaluate(.price(symbol: "AAPL", price: 100), at: try at("01-02T10:00"))
        _ = triggers.evaluate(.price(symbol: "AAPL", price: 103), at: try at("01-02T10:01"))
        #expect(
            triggers.status.map(\.name) == [
                "price_change", "price_change_2", "volume_spike", "volatility", "news_sentiment", "breaking_news",
                "schedule", "schedule_2", "manual", "webhook",
            ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let status = String(decoding: try encoder.encode(triggers.status[0]), as: UTF8.self)
        let id = try #require(triggers.status[0].lastFiring?.id)
        #expect(
            status == """
                {"checked_at":"2026-01-02T10:01:00Z","evaluations":2,"firings":1,"last_evaluation":"2026-01-02T10:01:00Z","last_firing":{"cause":\
                "AAPL rose 3 % since 100 at 2026-01-02T10:00:00Z; 2 % needed","id":"\(id)",\
                "time":"2026-01-02T10:01:00Z"},"last_value":0.03,"name":"price_change","paused":false,"reference":100,\
                "threshold":0.02,"type":"price_change"}
                """)
        #expect(triggers.status[1].notFiredBecause?.hasSuffix("a fall of 3 % needed") == true)
        #expect(triggers.status[7].nextScheduled == triggers.nextScheduled)
    }

    @Test func `a trigger that a new version left alone keeps its state, a changed one begins anew`() throws {
        var definitions = History.definitions
        var old = try TriggerSet(of: "trader", definitions, startingAt: History.start)
        _ = old.evaluate(.price(symbol: "AAPL", price: 100), at: try at("01-02T10:00"))
        definitions[0] = TriggerDefinition(.priceChange(symbol: "AAPL", threshold: 0.05, direction: .any))
        definitions.reverse()
        var new = try TriggerSet(of: "trader", definitions, startingAt: try at("01-02T11:00"))
        try new.restore(old.snapshot())
        let evaluations = new.status.filter { $0.type == "price_change" }.map(\.evaluations)
        #expect(evaluations == [1, 0])
    }

    @Test func `one trigger or all are paused and resumed, and an unknown one is named`() throws {
        var triggers = try TriggerSet(of: "trader", History.definitions, startingAt: History.start)
        try triggers.pause("manual", by: "ann", at: History.start)
        #expect(triggers.status.filter(\.paused).map(\.name) == ["manual"])
        try triggers.resume(at: History.start)
        try triggers.pause(by: "ann", at: History.start)
        #expect(triggers.evaluate(.manual(by: "bob", input: .null), at: try at("01-02T10:00")).isEmpty)
        let error = #expect(throws: TriggerError.self) { try triggers.resume("cron", at: History.start) }
        #expect(error?.message.hasPrefix("'trader' has no trigger 'cron'; it has price_change, ") == true)
    }

    @Test(arguments: ["", "{}", "[]", #"{"format":1,"workflow":"other","triggers":[]}"#])
    func `bytes that are no saved state are refused and change nothing`(text: String) throws {
        var triggers = try TriggerSet(of: "trader", History.definitions, startingAt: History.start)
        let before = triggers.status
        let error = #expect(throws: TriggerError.self) { try triggers.restore(Array(text.utf8)) }
        #expect(error?.code == .state)
        #expect(triggers.status == before)
    }
}

/// A made-up history that concerns every type of trigger.
struct History {
    static let start = Timestamp("2026-01-01T00:00:00Z") ?? Timestamp(nanoseconds: 0)
    static let definitions: [TriggerDefinition] = [
        TriggerDefinition(.priceChange(symbol: "AAPL", threshold: 0.02, direction: .any)),
        TriggerDefinition(.priceChange(symbol: "AAPL", threshold: 0.03, direction: .down), cooldown: .seconds(3_600)),
        TriggerDefinition(.volumeSpike(symbol: "AAPL", multiplier: 1.5)),
        TriggerDefinition(.volatility(symbol: "AAPL", level: 30)),
        TriggerDefinition(.newsSentiment(keywords: ["earnings"], threshold: 0.5)),
        TriggerDefinition(.breakingNews(sources: ["Reuters"], priority: .high), cooldown: .seconds(1_800)),
        TriggerDefinition(.schedule(cron: "0 9 * * 1-5", timeZone: "America/New_York", missed: .skip)),
        TriggerDefinition(.schedule(cron: "*/20 * * * *", timeZone: "Asia/Tokyo", missed: .all)),
        TriggerDefinition(.manual),
        TriggerDefinition(.webhook(name: "in")),
    ]

    private var chance: SeededRandom

    init(seed: UInt64) { chance = SeededRandom(seed: seed) }

    func moments(_ count: Int) -> [TriggerBacktest.Moment] {
        var history = self
        var time = History.start
        return (0..<count).map { number in
            time = time + .seconds(Int(history.chance.uniform() * 1_200))
            return TriggerBacktest.Moment(time, history.observation(number, at: time))
        }
    }

    private mutating func observation(_ number: Int, at time: Timestamp) -> Observation {
        let size = chance.uniform()
        switch Int(chance.uniform() * 8) {
        case 0: return .tick
        case 1, 2: return bar("AAPL", 100 + size * 5, volume: 1_000 * size)
        case 3: return .price(symbol: size < 0.2 ? "MSFT" : "AAPL", price: 100 + size * 7)
        case 4: return .volatilityIndex(level: 20 + size * 15)
        case 5:
            let headline = size < 0.5 ? "Earnings beat" : "Nothing much"
            return .news(ObservedNews(headline, source: "Reuters", priority: .high, sentiment: size * 2 - 1))
        case 6: return .manual(by: "ann", input: .number(size))
        default:
            let id = "m\(Int(size * 40))"
            return .webhook(WebhookDelivery(name: "in", id: id, received: time, body: .null))
        }
    }
}
