import Testing

@testable import CLI

@Suite struct PaperComparisonTests {
    @Test func `equal runs have no difference`() {
        let comparison = PaperComparison(backtest: ["a", "b"], paper: ["a", "b"])
        #expect(comparison.same == 2)
        #expect(comparison.difference == nil)
    }

    @Test(
        arguments: [
            (["a", "b", "c"], ["a", "x", "c"], 2, "b", "x"), (["a", "b"], ["a"], 2, "b", nil), ([], ["a"], 1, nil, "a"),
        ] as [([String], [String], Int, String?, String?)])
    func `the first difference is named with its place`(
        backtest: [String], paper: [String], place: Int, left: String?, right: String?
    ) {
        let comparison = PaperComparison(backtest: backtest, paper: paper)
        #expect(comparison.same == place - 1)
        #expect(comparison.difference?.place == place)
        #expect(comparison.difference?.backtest == left)
        #expect(comparison.difference?.paper == right)
    }
}
