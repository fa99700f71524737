public import Determinism
public import WorkflowEngine
public import WorkflowModel

/// Starts the workflow of each trading day when its time has come, on a service that does the work.
///
/// A run is named for its workflow and date, so that a service that is started anew takes the day up rather than
/// beginning it twice.
public actor TradingDayService {
    /// What became of a date.
    public struct Note: Sendable, Hashable {
        /// In one word.
        public enum Outcome: Sendable, Hashable {
            /// Its run was started.
            case started(RunID)
            /// Its run had been started before.
            case takenUp(RunID)
            /// There is no session, for a reason in words.
            case closed(reason: String)
            /// Its last stage was over when the date was looked at.
            case over
        }

        /// The exchange's date.
        public let date: CivilDate
        /// What became of it.
        public let outcome: Outcome
    }

    /// How many notes are kept.
    private static let longest = 400

    private let days: TradingDays
    private let service: WorkflowService
    private let time: any TimeSource
    private let isTest: Bool
    private var kept: [Note] = []
    private var run: RunID?

    /// Days on a service; their workflows are made known to it by `run`. With `isTest` they have no effect on a venue.
    public init(
        _ plan: TradingDayPlan, on service: WorkflowService, time: any TimeSource, isTest: Bool = false
    ) throws {
        days = try TradingDays(plan)
        self.service = service
        self.time = time
        self.isTest = isTest
    }

    /// What became of the latest dates, the newest last.
    public var notes: [Note] { kept }

    /// Looks at every date from today on, each in its time, until it is cancelled; `told` hears of each.
    public func run(_ told: @Sendable (Note) async -> Void = { _ in }) async throws {
        for workflow in days.workflows.values { await service.register(workflow) }
        var date = StageClock.date(at: time.now, calendar: days.calendar)
        while true {
            let day = days.day(date)
            if day.time > time.now { try await time.sleep(until: day.time) }
            try Task.checkCancellation()
            let note = Note(date: date, outcome: try await begin(day))
            kept = (kept + [note]).suffix(TradingDayService.longest)
            await told(note)
            date = date.advanced(by: 1)
        }
    }

    /// Takes note of how much the market moves; over the plan's level the rest of the day's run is made more careful.
    ///
    /// Returns whether it was. A run is changed once, also where the service was started anew.
    @discardableResult
    public func observe(_ reading: VolatilityReading) async throws -> Bool {
        guard reading.level > days.plan.volatilityLevel, let run, let machine = await service.machine(of: run) else {
            return false
        }
        let adjustment = days.plan.adjustment(for: reading)
        let names = adjustment.checks.map { "\($0.name)@" }
        let isDone = machine.plan.tasks.contains { task in names.contains { task.name.hasPrefix($0) } }
        guard !isDone else { return false }
        try await service.adjust(run, adjustment)
        return true
    }

    private func begin(_ day: TradingDays.Day) async throws -> Note.Outcome {
        switch day {
        case .closed(let reason, _): return .closed(reason: reason)
        case .session(var request, _):
            request.isTest = isTest
            if let last = request.windows?.compactMap({ $0?.until }).max(), last <= time.now { return .over }
            run = request.run
            do {
                return .started(try await service.start(request))
            } catch let refusal as EngineRefusal where refusal.code == .runExists {
                return .takenUp(request.run)
            }
        }
    }
}
