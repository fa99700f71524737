import Analysis
import Foundation
import SharedData
import Testing

@Suite(.needsSharedData) struct HeldOutTests {
    @Test func heldOut() throws {
        let rows = try LabelledHeadlines()
        let scorer = HeadlineScorer()
        for threshold in [0.4, 0.5, 0.6, 0.64, 0.65] {
            print("TUNE", threshold, Confusion(rows.tuning, scorer.score, threshold: threshold).summary)
            print("HELD", threshold, Confusion(rows.held, scorer.score, threshold: threshold).summary)
        }
    }
}
