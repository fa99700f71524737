public import Determinism
public import MarketData
public import WorkflowEngine
public import WorkflowModel

/// Turns the windows of a workflow's stages into moments of one date on an exchange's clock.
public enum StageClock {
    /// What a date means to a workflow.
    public enum Day: Sendable, Hashable {
        /// The exchange trades: the window of each stage in order, nil for a stage without one.
        case windows([RunHeader.Window?])
        /// It does not, for a reason in words such as `Thanksgiving Day`.
        case closed(reason: String)
    }

    /// The windows of a workflow's stages on a date.
    ///
    /// Times of day are those of the exchange, daylight saving counted; open and close are the session's own, so early
    /// closes move what hangs on them. A window that a short session leaves no room for is over before the day begins.
    public static func windows(
        of workflow: WorkflowDefinition, on date: CivilDate, calendar: ExchangeCalendar
    ) -> Day {
        guard let session = calendar.session(on: date) else {
            return .closed(reason: calendar.closedReason(on: date) ?? "no session")
        }
        let start = moment(.time(.zero), on: date, session, calendar)
        return .windows(
            workflow.stages.map { stage in
                guard let window = stage.window else { return nil }
                let from = moment(window.from, on: date, session, calendar)
                let until = moment(window.until, on: date, session, calendar)
                return from < until
                    ? RunHeader.Window(from: from, until: until) : RunHeader.Window(from: start, until: start)
            })
    }

    /// A time of day, counted from midnight on the exchange's clocks.
    public static func time(_ time: Duration, on date: CivilDate, calendar: ExchangeCalendar) -> Timestamp {
        guard calendar.name != ExchangeCalendar.alwaysOpen.name else { return Timestamp(date) + time }
        let seconds = Int(time.components.seconds)
        let whole = NewYorkTime.moment(date, hour: seconds / 3_600, minute: seconds / 60 % 60)
        return whole + (time - .seconds(seconds / 60 * 60))
    }

    /// The exchange's own date at a moment.
    public static func date(at moment: Timestamp, calendar: ExchangeCalendar) -> CivilDate {
        calendar.name == ExchangeCalendar.alwaysOpen.name ? moment.date : NewYorkTime.date(at: moment)
    }

    private static func moment(
        _ moment: StageWindow.Moment, on date: CivilDate, _ session: Session, _ calendar: ExchangeCalendar
    ) -> Timestamp {
        switch moment {
        case .time(let time): self.time(time, on: date, calendar: calendar)
        case .open(let offset): session.open + offset
        case .close(let offset): session.close + offset
        }
    }
}
