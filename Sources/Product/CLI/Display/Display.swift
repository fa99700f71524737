import TradingDesk

/// Shows a run while it goes on and what it came to.
protocol Display {
    /// Says what begins, or goes on.
    func begin(_ plan: DeskPlan, isResumed: Bool) throws

    /// Shows what happened at one moment; `state` is what the desk is in after it.
    func show(_ events: [DeskEvent], _ state: DeskState) throws

    /// The market rests for a while, or the run is over: what was held back is shown now.
    func settle(_ state: DeskState) throws

    /// Shows what the run came to; one that was stopped is not complete and can be gone on with.
    func finish(_ summary: DeskSummary, isComplete: Bool) throws
}

extension Display {
    func settle(_ state: DeskState) throws {}
}

/// What a display knows of a run beside its plan.
struct RunScene: Sendable {
    /// How fast the market's time passes; nil for as fast as possible.
    var speed: Double?
    /// How many bars there are in all; nil where the feed has no end.
    var bars: Int?
    /// Where everything is kept; nil where nothing is.
    var folder: RunFolder?
}
