import Determinism
import WorkflowEngine
import WorkflowModel

extension EngineWorld {
    /// Everything that has come to the engine by now, work first.
    mutating func inputs() throws -> [EngineInput] {
        let due = work.values.filter { $0.due.map { $0 <= now } ?? false }
        let settled = due.sorted { ($0.due ?? now, $0.number) < ($1.due ?? now, $1.number) }
        var inputs = settled.map { EngineInput.settled($0.order.key, $0.result) }
        for place in requests.indices where isDue(requests[place]) {
            if try wasDone(requests[place].ask) {
                requests[place].answer = .granted
            } else if let input = try input(requests[place].ask, RequestID(UInt64(place))) {
                requests[place].isSent = true
                inputs.append(input)
            }
        }
        return inputs
    }

    mutating func answer(_ id: RequestID, _ answer: ScriptedRequest.Answer) {
        guard let place = requests.indices.first(where: { RequestID(UInt64($0)) == id }) else { return }
        requests[place].answer = answer
    }

    private func isDue(_ request: ScriptedRequest) -> Bool {
        guard request.answer == .none, !request.isSent else { return false }
        switch request.moment {
        case .after(let delay): return EngineWorld.beginning + delay <= now
        case .seen(let run, let fact, let subject): return seen.contains("\(run) \(fact) \(subject ?? "")")
        }
    }

    /// Whether what is asked for has been done although the process died before it could say so.
    private func wasDone(_ ask: ScriptedRequest.Ask) throws -> Bool {
        switch ask {
        case .start(let request): return try journal.summary(of: request.run) != nil
        case .fork(let run, _, _): return try journal.summary(of: run) != nil
        case .adjust(let run, let wanted):
            return try journal.history(of: run).contains { event in
                guard case .runAdjusted(let done) = event.fact else { return false }
                return done.reason == wanted.reason
            }
        case .cancel, .answer: return false
        }
    }

    private func input(_ ask: ScriptedRequest.Ask, _ id: RequestID) throws -> EngineInput? {
        switch ask {
        case .start(let request): .start(request, id)
        case .cancel(let run, let reason): .cancel(run, reason: reason, id)
        case .answer(let approval): .answer(approval, id)
        case .adjust(let run, let adjustment): .adjust(run, adjustment, id)
        case .fork(let run, let original, let tasks):
            .fork(ForkRequest(run, of: original, try journal.history(of: original), from: tasks), id)
        }
    }

    // MARK: - What is kept

    mutating func note(_ batch: JournalBatch) {
        for append in batch.appends {
            histories[append.run, default: []] += append.events
            for event in append.events { seen.insert("\(append.run) \(event.kind) \(event.subject ?? "")") }
        }
    }

    /// Complains where the journal does not begin with everything that is known to be kept, and takes over the rest.
    mutating func compareJournal() throws {
        let runs = try (journal.openRuns() + journal.finishedRuns(limit: .max)).map(\.run)
        for run in histories.keys where !runs.contains(run) { complaints.append("the run '\(run)' is lost") }
        for run in runs {
            let kept = try journal.history(of: run)
            let known = histories[run] ?? []
            if !kept.starts(with: known) { complaints.append("the history of '\(run)' has changed") }
            histories[run] = kept
            for event in kept.dropFirst(known.count) {
                seen.insert("\(run) \(event.kind) \(event.subject ?? "")")
            }
        }
    }
}
