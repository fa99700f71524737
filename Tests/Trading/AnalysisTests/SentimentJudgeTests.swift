import Analysis
import Foundation
import Testing

/// Scores the headlines of `Tests/Clients/analysis/judge_sentiment.py`, which compares them with VADER's.
@Suite struct SentimentJudgeTests {
    private static let folder = ProcessInfo.processInfo.environment["BELLWETHER_JUDGE"]

    @Test(.enabled(if: folder != nil, "run by Tests/Clients/analysis/judge_sentiment.py"))
    func `scores the judge's headlines`() throws {
        let folder = URL(fileURLWithPath: try #require(SentimentJudgeTests.folder))
        let data = try Data(contentsOf: folder.appendingPathComponent("headlines.json"))
        let headlines = try JSONDecoder().decode([String].self, from: data)
        let scores = headlines.map(HeadlineScorer().score)
        try JSONEncoder().encode(scores).write(to: folder.appendingPathComponent("scores.json"))
        #expect(scores.count == headlines.count)
    }
}
