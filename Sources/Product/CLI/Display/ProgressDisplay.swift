import Determinism
import TradingDesk

/// A backtest: one line that says how far it is, then the summary.
final class ProgressDisplay: Display {
    private let plan: DeskPlan
    private let scene: RunScene
    private let console: Console
    private let name: String
    private let progress: ProgressLine
    private var results = RunResults()

    init(_ plan: DeskPlan, _ scene: RunScene, _ console: Console, name: String, time: any TimeSource) {
        self.plan = plan
        self.scene = scene
        self.console = console
        self.name = name
        progress = ProgressLine("backtest", total: scene.bars, unit: "bars", console: console, time: time)
    }

    func begin(_ plan: DeskPlan, isResumed: Bool) throws {}

    func show(_ events: [DeskEvent], _ state: DeskState) throws {
        progress.update(state.counts.bars)
    }

    func settle(_ state: DeskState) throws {
        results = RunResults(state)
    }

    func finish(_ summary: DeskSummary, isComplete: Bool) throws {
        progress.finish()
        let page = SummaryPage(
            summary: summary, results: results, plan: plan, scene: scene, name: name, isComplete: isComplete)
        try console.print(page.lines(SummaryPage.Look(console)))
    }
}
