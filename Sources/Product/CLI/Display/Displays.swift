import Determinism
import TradingDesk

/// Chooses how a run is shown.
enum Displays {
    /// The board of a run: live on a terminal, only the summary in a pipe.
    static func run(_ plan: DeskPlan, _ scene: RunScene, _ console: Console) throws -> any Display {
        guard !console.isJSON else { return JSONDisplay(plan, console) }
        return BoardDisplay(plan, scene, console, name: try plan.runName, time: SystemTime())
    }

    /// A line of progress and a summary.
    static func backtest(_ plan: DeskPlan, _ scene: RunScene, _ console: Console) throws -> any Display {
        guard !console.isJSON else { return JSONDisplay(plan, console) }
        return ProgressDisplay(plan, scene, console, name: try plan.runName, time: SystemTime())
    }
}

/// One JSON object a line.
struct JSONDisplay: Display {
    private let lines: DeskLines
    private let console: Console

    init(_ plan: DeskPlan, _ console: Console) {
        lines = DeskLines(plan)
        self.console = console
    }

    func begin(_ plan: DeskPlan, isResumed: Bool) throws {}

    func show(_ events: [DeskEvent], _ state: DeskState) throws {
        for event in events {
            guard let line = try lines.line(event) else { continue }
            try console.print(String(decoding: line, as: UTF8.self))
        }
    }

    func finish(_ summary: DeskSummary, isComplete: Bool) throws {
        try console.print(String(decoding: try lines.line(summary), as: UTF8.self))
    }
}
