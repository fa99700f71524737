/// How a comparison of a backtest with a paper run is shown.
enum ComparisonPage {
    static func json(_ comparison: PaperComparison) -> JSONValue {
        var entries: [String: JSONValue] = [
            "type": "comparison", "same": .integer(comparison.same), "difference": difference(comparison),
        ]
        if let run = comparison.run {
            entries["run"] = .text(run.name)
            entries["settings"] = .list(comparison.settings.map(setting))
            entries["interventions"] = .integer(run.interventions)
            entries["compared_until"] = run.cut.map { .text("\($0)") } ?? .null
        }
        return .object(entries)
    }

    static func lines(_ comparison: PaperComparison) -> [String] {
        let paper = comparison.run.map { "paper run \($0.name)" } ?? "paper"
        var lines = ["backtest and \(paper) are the same: \(comparison.same) verdicts, reports and fills"]
        if let (place, backtest, other) = comparison.difference {
            lines = [
                "backtest and \(paper) differ after \(comparison.same), at \(place)",
                "  backtest  \(backtest ?? "nothing")", "  paper     \(other ?? "nothing")",
            ]
        }
        return lines + settings(comparison) + notes(comparison)
    }

    private static func settings(_ comparison: PaperComparison) -> [String] {
        guard !comparison.settings.isEmpty else { return [] }
        let lines = comparison.settings.map { setting in
            guard setting.backtest != nil || setting.paper != nil else { return "  \(setting.name): the lists differ" }
            return "  \(setting.name): backtest \(setting.backtest ?? "none"), paper \(setting.paper ?? "none")"
        }
        return ["settings that differ:"] + lines
    }

    private static func notes(_ comparison: PaperComparison) -> [String] {
        guard let run = comparison.run else { return [] }
        var notes: [String] = []
        if run.interventions > 0 {
            notes.append("persons intervened \(run.interventions) times in the paper run; a backtest is not told of it")
        }
        if let cut = run.cut { notes.append("the paper run has not ended: compared before \(cut)") }
        return notes
    }

    private static func difference(_ comparison: PaperComparison) -> JSONValue {
        guard let difference = comparison.difference else { return .null }
        return .object([
            "backtest": difference.backtest.map(JSONValue.text) ?? .null,
            "paper": difference.paper.map(JSONValue.text) ?? .null,
        ])
    }

    private static func setting(_ setting: PaperRecord.Setting) -> JSONValue {
        .object([
            "name": .text(setting.name), "backtest": setting.backtest.map(JSONValue.text) ?? .null,
            "paper": setting.paper.map(JSONValue.text) ?? .null,
        ])
    }
}
