import Determinism
import TradingDesk

/// A run on a terminal: a board that is repainted in place, then the summary under its last frame.
///
/// A board is made only when a frame is due, so that a replay at full speed is not held up by being watched.
final class BoardDisplay: Display {
    private let plan: DeskPlan
    private let scene: RunScene
    private let console: Console
    private let name: String
    private let time: any TimeSource
    private let live: LiveDisplay<Board>
    private var maker: BoardMaker
    private var results = RunResults()
    private var lastFrame: Timestamp?
    private var isStale = true
    /// The least time between two frames: ten a second are as many as eyes can read.
    private static let interval = Duration.milliseconds(100)

    init(_ plan: DeskPlan, _ scene: RunScene, _ console: Console, name: String, time: any TimeSource) {
        self.plan = plan
        self.scene = scene
        self.console = console
        self.name = name
        self.time = time
        maker = BoardMaker(plan, scene, name: name)
        let look = BoardPage.Look(style: console.style, unicode: console.profile.hasUnicode)
        // The rate is bound here, before a board is made, and not a second time there.
        live = LiveDisplay(output: console.output, profile: console.profile, time: time, framesPerSecond: 1000) {
            board, width, height in BoardPage(board, look).lines(width: width, height: height)
        }
    }

    func begin(_ plan: DeskPlan, isResumed: Bool) throws {
        maker.isResumed = isResumed
        live.watchTerminal()
    }

    func show(_ events: [DeskEvent], _ state: DeskState) throws {
        guard console.profile.canRepaint else { return }
        maker.note(events, state)
        isStale = true
        let now = time.now
        if let last = lastFrame, now >= last, now - last < BoardDisplay.interval { return }
        try paint(state, at: now)
    }

    func settle(_ state: DeskState) throws {
        results = RunResults(state)
        guard console.profile.canRepaint, isStale else { return }
        try paint(state, at: time.now)
    }

    func finish(_ summary: DeskSummary, isComplete: Bool) throws {
        try live.finish()
        let page = SummaryPage(
            summary: summary, results: results, plan: plan, scene: scene, name: name, isComplete: isComplete)
        try console.print(page.lines(SummaryPage.Look(console)))
    }

    private func paint(_ state: DeskState, at now: Timestamp) throws {
        lastFrame = now
        isStale = false
        try live.update(maker.board(state, at: now))
    }
}
