import Analysis
import Foundation
import Testing

/// Answers the problems of `Tests/Clients/analysis/judge_optimiser.py`, which compares them with SciPy's.
@Suite struct OptimiserJudgeTests {
    private struct Problem: Codable {
        let covariance: [[Double]]
        let total: Double
        let cap: Double
        let returns: [[Double]]?
    }

    private struct Answer: Codable {
        let minimumVariance: [Double]
        let steps: Int
        let riskParity: [Double]
        let contribution: Double
        let rounds: Int
        let shrunk: [[Double]]?
        let intensity: Double?
    }

    private static let folder = ProcessInfo.processInfo.environment["BELLWETHER_JUDGE"]

    @Test(.enabled(if: folder != nil, "run by Tests/Clients/analysis/judge_optimiser.py"))
    func `answers the judge's problems`() throws {
        let folder = URL(fileURLWithPath: try #require(OptimiserJudgeTests.folder))
        let data = try Data(contentsOf: folder.appendingPathComponent("problems.json"))
        let answers = try JSONDecoder().decode([Problem].self, from: data).map(OptimiserJudgeTests.answer)
        try JSONEncoder().encode(answers).write(to: folder.appendingPathComponent("answers.json"))
        #expect(!answers.isEmpty)
    }

    private static func answer(_ problem: Problem) throws -> Answer {
        let matrix = try #require(SymmetricMatrix(problem.covariance))
        let variance = try MinimumVariance(matrix, total: problem.total, cap: problem.cap)
        let parity = try RiskParity(matrix, total: problem.total, cap: problem.cap)
        let shrunk = problem.returns.flatMap(ShrunkCovariance.init)
        return Answer(
            minimumVariance: variance.weights, steps: variance.steps, riskParity: parity.weights,
            contribution: parity.contribution, rounds: parity.rounds,
            shrunk: shrunk.map { shrunk in
                (0..<shrunk.matrix.count).map { row in
                    (0..<shrunk.matrix.count).map { shrunk.matrix[row, $0] }
                }
            }, intensity: shrunk?.intensity)
    }
}
