import Determinism
import Testing
import Triggers
import WorkflowModel

@Suite struct NewsTriggerTests {
    private static let words = ["earnings", "FDA", "rate cut"]

    @Test(
        arguments: [
            ("Earnings beat by a mile", 0.8, nil), ("No fda, no party", -0.7, nil), ("A RATE-CUT is near", 0.9, nil),
            (
                "Earnings beat by a mile", 0.6999,
                "sentiment 0.6999 of 'Earnings beat by a mile'; 0.7 in size needed"
            ),
            (
                "Learnings from FDAs", 0.9,
                "none of the words earnings, FDA, rate cut stands in 'Learnings from FDAs'"
            ),
            ("A cut rate", 0.9, "none of the words earnings, FDA, rate cut stands in 'A cut rate'"),
            ("FDA decides", nil, "'FDA decides' came without a sentiment; 0.7 in size needed"),
            ("FDA decides", Double.nan, "'FDA decides' came without a sentiment; 0.7 in size needed"),
        ] as [(String, Double?, String?)])
    func `news fire by whole words and the size of their sentiment`(
        headline: String, sentiment: Double?, reason: String?
    ) throws {
        var trigger = try machine(.newsSentiment(keywords: NewsTriggerTests.words, threshold: 0.7))
        let news = ObservedNews(headline, source: "Reuters", sentiment: sentiment)
        let decision = trigger.evaluate(.news(news), at: try at("01-02T10:00"))
        #expect(decision.reason == reason)
        #expect(decision.firings.count == (reason == nil ? 1 : 0))
    }

    @Test(
        arguments: [
            ("reuters", Priority.high, nil), ("Bloomberg", .critical, nil),
            ("Reuters", .medium, "'Bang' from Reuters has priority MEDIUM; HIGH needed"),
            ("A blog", .critical, "'Bang' is from A blog, none of Reuters, Bloomberg"),
        ] as [(String, Priority, String?)])
    func `breaking news fire by source and priority`(source: String, priority: Priority, reason: String?) throws {
        var trigger = try machine(.breakingNews(sources: ["Reuters", "Bloomberg"], priority: .high))
        let news = ObservedNews("Bang", source: source, priority: priority, symbols: ["AAPL"])
        let decision = trigger.evaluate(.news(news), at: try at("01-02T10:00"))
        #expect(decision.reason == reason)
        #expect(decision.firings.first?.input["symbols"] == (reason == nil ? ["AAPL"] : nil))
    }

    @Test func `any source will do where none is named`() throws {
        var trigger = try machine(.breakingNews(sources: [], priority: .low))
        let news = ObservedNews("Bang", source: "A blog", priority: .low)
        #expect(trigger.evaluate(.news(news), at: try at("01-02T10:00")).firings.count == 1)
    }
}
