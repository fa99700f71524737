import Analysis
import Foundation
import SharedData
import Testing

@Suite(.needsSharedData) struct TuneTests {
    @Test func tune() throws {
        let rows = try LabelledHeadlines()
        let scorer = HeadlineScorer()
        print("entries", scorer.entryCount)
        for threshold in [0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7] {
            print(threshold, Confusion(rows.tuning, scorer.score, threshold: threshold).summary)
        }
        var out = ""
        for row in rows.tuning {
            out += "\(row.label)\t\(scorer.score(row.text))\t\(row.text.replacing("\n", with: " "))\n"
        }
        try out.write(toFile: "/tmp/tune.tsv", atomically: true, encoding: .utf8)
    }
}
