import TradingDesk

/// Shows a run while it goes on and what it came to.
protocol Display {
    /// Says what begins, or goes on.
    func begin(_ plan: DeskPlan, isResumed: Bool) throws

    /// Shows what happened at one moment; `state` is what the desk is in after it.
    func show(_ events: [DeskEvent], _ state: DeskState) throws

    /// Shows what the run came to; one that was stopped is not complete and can be gone on with.
    func finish(_ summary: DeskSummary, isComplete: Bool) throws
}

/// Chooses how a run is shown.
enum Displays {
    static func make(_ plan: DeskPlan, _ console: Console) -> any Display {
        console.isJSON ? JSONDisplay(plan, console) : TextDisplay(plan, console)
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
