import Analysis
import Determinism
import Foundation
import MarketData
import TradingEngine
import WorkflowEngine
import WorkflowModel

/// Runs the workflows of the desk's trading days inside a session, on the session's own time.
struct TradingDay: Sendable {
    let days: TradingDays
    private var driver: SynchronousWorkflowDriver
    private var journal: CatchingUpJournal

    /// The days of a plan, with the runs that a checkpoint left open.
    init(_ plan: TradingDayPlan, _ state: DeskState, _ journal: any Journal) throws {
        days = try TradingDays(plan)
        driver = SynchronousWorkflowDriver(plans: days.workflows.values.sorted { $0.name < $1.name })
        self.journal = CatchingUpJournal(journal)
        for (name, count) in (state.day?.open ?? [:]).sorted(by: { $0.key < $1.key }) {
            let history = try self.journal.takeUp(RunID(name), after: count)
            let time = history.last?.time ?? state.loop.engine.now
            _ = try driver.restore(RunID(name), history, at: time) { order, _ in
                throw TaskFailure("'\(order.key.task)' was under way in a checkpoint")
            }
        }
    }

    /// Whether a run is open.
    var isOpen: Bool { !driver.openRuns.isEmpty }

    /// The next moment at which something happens by itself; nil where nothing does.
    func nextMoment(_ state: TradingDayState) -> Timestamp? {
        let date = state.isClosing ? nil : state.nextDate.map { days.day($0).time }
        return [date, driver.nextDeadline].compactMap { $0 }.min()
    }

    /// Lets time pass up to and including a moment.
    mutating func pass(through limit: Timestamp, _ desk: inout SessionDesk) throws {
        if desk.day.nextDate == nil, !desk.day.isClosing {
            desk.day.nextDate = StageClock.date(at: limit, calendar: days.calendar)
        }
        while let next = nextMoment(desk.day), next <= limit {
            if let date = desk.day.nextDate, !desk.day.isClosing, days.day(date).time <= next {
                try begin(date, at: limit, &desk)
            } else {
                let batch = try driver.advance(through: next) { try desk.perform($0, at: $1) }
                try absorb(batch, &desk)
            }
        }
    }

    /// Makes the rest of open runs more careful where the market moves too much; once a run.
    mutating func watchVolatility(at time: Timestamp, _ desk: inout SessionDesk) throws {
        guard isOpen, let reading = desk.state.volatilityReading, reading.level > days.plan.volatilityLevel else {
            return
        }
        for run in driver.openRuns where !desk.day.adjusted.contains(run.text) {
            desk.day.adjusted.append(run.text)
            let batch = try driver.adjust(run, days.plan.adjustment(for: reading), at: time) {
                try desk.perform($0, at: $1)
            }
            desk.tell(
                OrchestrationEvent(
                    .systemAlert, at: time, run: run, subject: "volatility",
                    detail: ["source": .text(reading.source.rawValue), "level": .number(reading.level)]))
            try absorb(batch, &desk)
        }
    }

    /// Looks at a date: starts its run, or takes note of why there is none.
    private mutating func begin(_ date: CivilDate, at limit: Timestamp, _ desk: inout SessionDesk) throws {
        desk.day.nextDate = date.advanced(by: 1)
        switch days.day(date) {
        case .closed(let reason, let time):
            desk.tell(
                OrchestrationEvent(
                    .marketEvent, at: time, subject: "\(date)", detail: ["closed": .text(reason)]))
        case .session(let request, let time):
            // A desk that begins in the middle of a day knows nothing of the time before its history ended.
            let known = min(limit, max(time, desk.state.window.asOf ?? time))
            let batch = try driver.start(request, at: known) { try desk.perform($0, at: $1) }
            try absorb(batch, &desk)
        }
    }

    /// Keeps what happened, and tells what is worth telling.
    private mutating func absorb(_ batch: JournalBatch, _ desk: inout SessionDesk) throws {
        for append in batch.appends {
            let name = append.run.text
            desk.day.open[name, default: 0] += append.events.count
            for event in append.events { try desk.record(event, of: append.run) }
            guard case .runFinished? = append.events.last?.fact else { continue }
            desk.day.open[name] = nil
            desk.day.adjusted.removeAll { $0 == name }
            desk.day.ledger.forget(run: name)
        }
        try journal.commit(batch)
    }
}

/// A journal in which what is derived again after a crash is compared with what is kept, and the rest is added.
private struct CatchingUpJournal: Sendable {
    private let journal: any Journal
    /// What is kept of runs beyond what has been derived again.
    private var ahead: [RunID: [RunEvent]] = [:]
    private var finished = 0

    init(_ journal: any Journal) {
        self.journal = journal
    }

    /// The first events of a run; those after them are expected to be derived again.
    mutating func takeUp(_ run: RunID, after count: Int) throws -> [RunEvent] {
        let history = try journal.history(of: run)
        guard history.count >= count else {
            throw WorkflowsError(
                .divergence, "the journal has \(history.count) events of '\(run)' where a checkpoint has \(count)")
        }
        ahead[run] = history.count > count ? Array(history[count...]) : nil
        return Array(history[..<count])
    }

    mutating func commit(_ batch: JournalBatch) throws {
        var kept = JournalBatch(states: batch.states)
        for append in batch.appends {
            if append.after == 0 { ahead[append.run] = try journal.history(of: append.run) }
            if let left = try rest(of: append) { kept.join(JournalBatch(appends: [left])) }
            if case .runFinished? = append.events.last?.fact { finished += 1 }
        }
        if !kept.isEmpty { try journal.commit(kept) }
        if finished >= 64 {
            finished = 0
            try journal.prune(keepingNewest: 512)
        }
    }

    /// What of an append is not kept yet; throws where something else is kept in its place.
    private mutating func rest(of append: JournalAppend) throws -> JournalAppend? {
        guard let known = ahead[append.run], !known.isEmpty else {
            ahead[append.run] = nil
            return append
        }
        let same = min(known.count, append.events.count)
        guard known[..<same] == append.events[..<same] else {
            throw WorkflowsError(
                .divergence, "what is kept of '\(append.run)' is not what follows from the record; nothing was changed")
        }
        ahead[append.run] = Array(known[same...])
        let left = Array(append.events[same...])
        return left.isEmpty ? nil : JournalAppend(run: append.run, after: append.after + same, events: left)
    }
}
