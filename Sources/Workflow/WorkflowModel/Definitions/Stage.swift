/// A part of a workflow that begins when the part before it has ended.
public struct Stage: Sendable, Hashable {
    /// Its name, unique in the workflow.
    public var name: String
    /// When it may run; nil for whenever its turn comes.
    public var window: StageWindow?

    /// A stage.
    public init(_ name: String, window: StageWindow? = nil) {
        self.name = name
        self.window = window
    }
}

/// The part of a day in which a stage may run.
public struct StageWindow: Sendable, Hashable {
    /// A moment of a day.
    public enum Moment: Sendable, Hashable {
        /// A time of day, counted from midnight in the calendar's time zone.
        case time(Duration)
        /// Before (negative) or after the day's opening.
        case open(Duration)
        /// Before (negative) or after the day's close, which is earlier on some days.
        case close(Duration)
    }

    /// From when on.
    public var from: Moment
    /// Until when: tasks not settled by then are given up.
    public var until: Moment
    /// The stage's tasks run again this often within the window; nil for once.
    public var every: Duration?

    /// A window.
    public init(from: Moment, until: Moment, every: Duration? = nil) {
        self.from = from
        self.until = until
        self.every = every
    }
}
