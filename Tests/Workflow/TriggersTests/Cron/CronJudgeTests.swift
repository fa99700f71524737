import Determinism
import Foundation
import Testing
import Triggers

/// Answers the questions of `Tests/Clients/cron/compare_croniter.py`, which compares them with croniter's.
@Suite struct CronJudgeTests {
    private struct Question: Decodable {
        let cron: String
        let zone: String
        let start: Timestamp
        let count: Int
    }

    private static let folder = ProcessInfo.processInfo.environment["BELLWETHER_JUDGE"]

    @Test(.enabled(if: folder != nil, "run by Tests/Clients/cron/compare_croniter.py"))
    func `answers the judge's questions`() throws {
        let folder = URL(fileURLWithPath: try #require(CronJudgeTests.folder))
        let data = try Data(contentsOf: folder.appendingPathComponent("questions.json"))
        let questions = try JSONDecoder().decode([Question].self, from: data)
        let answers = try questions.map { question in
            try next(question.count, CronExpression(question.cron), question.zone, after: "\(question.start)")
        }
        try JSONEncoder().encode(answers).write(to: folder.appendingPathComponent("answers.json"))
        #expect(answers.count == questions.count)
    }
}
