import Determinism
import Testing
import Triggers
import WorkflowModel

@Suite struct TriggerMachineTests {
    @Test func `nothing fires while it cools down, and the reason says what would have`() throws {
        var trigger = try machine(.breakingNews(sources: [], priority: .low), cooldown: .seconds(300))
        let news = Observation.news(ObservedNews("Bang", source: "A"))
        #expect(trigger.evaluate(news, at: try at("01-02T10:00")).firings.count == 1)
        let cooling = trigger.evaluate(news, at: try at("01-02T10:04:59"))
        #expect(
            cooling.reason == """
                cooling down until 2026-01-02T10:05:00Z; else it had fired: \
                'Bang' from A has priority MEDIUM; LOW needed
                """)
        #expect(trigger.evaluate(news, at: try at("01-02T10:05")).firings.count == 1)
    }

    @Test func `a person starts a run with an input of their own`() throws {
        var trigger = try machine(.manual)
        let decision = trigger.evaluate(.manual(by: "ann", input: ["x": 1]), at: try at("01-02T10:00"))
        #expect(decision.firings.first?.input == ["x": 1])
        #expect(decision.firings.first?.cause == "started by ann")
    }

    @Test func `a message fires once however often it comes`() throws {
        var trigger = try machine(.webhook(name: "in"))
        let delivery = WebhookDelivery(name: "in", id: "m1", received: try at("01-02T10:00"), body: ["a": true])
        #expect(
            trigger.evaluate(.webhook(delivery), at: try at("01-02T10:00")).firings.first?.input["body"] == ["a": true])
        #expect(
            trigger.evaluate(.webhook(delivery), at: try at("01-02T10:01")).reason
                == "the message 'm1' has fired before")
        let other = WebhookDelivery(name: "out", id: "m2", received: try at("01-02T10:00"), body: .null)
        #expect(trigger.evaluate(.webhook(other), at: try at("01-02T10:02")) == .notConcerned)
    }

    @Test func `time that goes back is not looked at and changes nothing`() throws {
        var trigger = try machine(.manual)
        _ = trigger.evaluate(.manual(by: "ann", input: .null), at: try at("01-02T10:00"))
        let before = trigger.status
        let late = trigger.evaluate(.manual(by: "bob", input: .null), at: try at("01-02T09:59"))
        #expect(late.reason?.hasPrefix("time went back") == true)
        #expect(trigger.status == before)
    }

    @Test(arguments: [Int64.min, -1, Int64.max])
    func `times at the ends of the calendar are refused`(nanoseconds: Int64) throws {
        var trigger = try machine(.schedule(cron: "* * * * *", timeZone: "UTC", missed: .all), cooldown: .seconds(9))
        let decision = trigger.evaluate(.tick, at: Timestamp(nanoseconds: nanoseconds))
        #expect(decision.reason?.contains("outside the years") == true)
    }

    @Test func `two firings at one moment have ids of their own`() throws {
        var trigger = try machine(.manual)
        let ids = try (0..<3).flatMap { _ in
            trigger.evaluate(.manual(by: "ann", input: .null), at: try at("01-02T10:00")).firings.map(\.id)
        }
        #expect(Set(ids).count == 3 && ids.allSatisfy { $0.hasPrefix("trader/manual/") })
    }

    @Test(
        arguments: [
            (.priceChange(symbol: "AAPL", threshold: 0, direction: .any), "threshold must be a number over 0, not 0.0"),
            (.priceChange(symbol: "", threshold: 1, direction: .any), "the symbol is empty"),
            (.volumeSpike(symbol: "AAPL", multiplier: .nan), "multiplier must be a number over 0, not nan"),
            (.volatility(symbol: nil, level: -3), "vix_threshold must be a number over 0, not -3.0"),
            (.newsSentiment(keywords: [], threshold: 1.1), "sentiment_threshold must lie between 0 and 1"),
            (.webhook(name: ""), "the webhook needs a name"),
        ] as [(TriggerDefinition.Kind, String)])
    func `a definition that cannot work is refused`(kind: TriggerDefinition.Kind, message: String) {
        let error = #expect(throws: TriggerError.self) { try machine(kind) }
        #expect(error?.message == "trigger '\(TriggerDefinition(kind).type)': \(message)")
    }

    @Test func `a cooldown beyond counting is refused`() {
        #expect(throws: TriggerError.self) { try machine(.manual, cooldown: .seconds(Int64.max / 2)) }
    }
}
