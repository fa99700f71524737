public import Determinism
public import MarketData
public import WorkflowEngine
public import WorkflowModel

/// How the desk runs its trading days.
public struct TradingDayPlan: Sendable, Hashable, Codable {
    /// How the analysis is set that the steps use.
    public var pipeline: PipelinePlan
    /// Which sort of day a date is.
    public var chooser: TradingDayChooser
    /// The exchange whose sessions are followed: `XNYS`, `XNAS` or `24/7`.
    public var calendar: String
    /// The document of each sort of day, by the sort's name; what a run follows is part of its plan.
    public var documents: [String: String]
    /// The volatility, in percent a year as VIX is, above which the rest of a day is made more careful.
    public var volatilityLevel = 30.0
    /// What the timeouts of the rest of such a day are multiplied by.
    public var timeoutFactor = 0.7

    /// Days as they ship.
    public init(
        pipeline: PipelinePlan = PipelinePlan(), chooser: TradingDayChooser = TradingDayChooser(),
        calendar: String = "XNYS"
    ) {
        self.pipeline = pipeline
        self.chooser = chooser
        self.calendar = calendar
        documents = Dictionary(
            uniqueKeysWithValues: TradingDayKind.allCases.map { ($0.rawValue, ShippedWorkflows.text(of: $0)) })
    }

    /// The change to the rest of a day whose volatility went over the level: timeouts, and a critical check per stage.
    public func adjustment(for reading: VolatilityReading) -> RunAdjustment {
        RunAdjustment(
            reason: "\(reading.source.rawValue) is \(reading.level), above \(volatilityLevel)",
            timeoutFactor: timeoutFactor,
            checks: [.init("volatility_check", type: "volatility_check", params: ["level": .number(volatilityLevel)])])
    }
}

/// The days of one plan, read and ready: what a date means.
public struct TradingDays: Sendable {
    /// A date of the exchange.
    public enum Day: Sendable, Hashable {
        /// A session: the run to start, at a moment.
        case session(RunRequest, at: Timestamp)
        /// None, for a reason in words.
        case closed(reason: String, at: Timestamp)

        /// When the date is to be looked at: before its first stage, or at six in the morning.
        public var time: Timestamp {
            switch self {
            case .session(_, let time), .closed(_, let time): time
            }
        }
    }

    /// How the days are run.
    public let plan: TradingDayPlan
    /// The exchange.
    public let calendar: ExchangeCalendar
    /// The workflow of each sort of day.
    public let workflows: [TradingDayKind: WorkflowPlan]

    /// The days of a plan; throws where a document is not sound or the calendar is not known.
    public init(_ plan: TradingDayPlan) throws {
        guard let calendar = ExchangeCalendar.named(plan.calendar) else {
            throw WorkflowsError(
                .calendar, "'\(plan.calendar)' is no known exchange calendar; known are XNYS, XNAS and 24/7")
        }
        self.plan = plan
        self.calendar = calendar
        var workflows: [TradingDayKind: WorkflowPlan] = [:]
        for (name, text) in plan.documents {
            guard let kind = TradingDayKind(rawValue: name) else { continue }
            workflows[kind] = try WorkflowPlan(ShippedWorkflows.definition(of: text, name: kind.workflow))
        }
        self.workflows = workflows
    }

    /// What a date means.
    public func day(_ date: CivilDate) -> Day {
        let morning = StageClock.time(.seconds(6 * 3_600), on: date, calendar: calendar)
        let kind = plan.chooser.kind(on: date, calendar: calendar)
        guard let workflow = workflows[kind] ?? workflows[.standard] else {
            return .closed(reason: "there is no workflow for this day", at: morning)
        }
        switch StageClock.windows(of: workflow.definition, on: date, calendar: calendar) {
        case .closed(let reason): return .closed(reason: reason, at: morning)
        case .windows(let windows):
            var request = RunRequest(
                workflow.name, as: RunID("\(workflow.name)/\(date)"), input: input(date, kind), cause: "calendar")
            request.windows = windows
            return .session(request, at: windows.compactMap { $0?.from }.min() ?? morning)
        }
    }

    private func input(_ date: CivilDate, _ kind: TradingDayKind) -> Value {
        let kinds = plan.chooser.kinds(on: date, calendar: calendar).map { Value.text($0.rawValue) }
        return [
            "date": .text("\(date)"), "day": .text(kind.rawValue),
            "also": .list(kinds.filter { $0.text != kind.rawValue }),
            "early_close": Value(calendar.earlyCloseReason(on: date)),
        ]
    }
}
