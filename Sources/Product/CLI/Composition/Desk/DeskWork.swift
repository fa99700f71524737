import Determinism
import Foundation
import Synchronization
import TaskQueues
import TradingDesk
import TradingModel
import TradingStore
import WorkflowEngine
import WorkflowModel
import WorkflowStore

/// What the running desk needs to do the work of workflows, and what it remembers of it.
struct DeskWork: Sendable {
    let jobs: DeskJobs
    let outlets: DeskOutlets
    private let journal: any Journal
    private static let key = StateKey("desk-ledger", "running desk")

    /// The work of a home's workflows on a run.
    init(_ jobs: DeskJobs, _ stored: StoredRun, _ home: WorkflowHome, _ service: WorkflowService) {
        self.jobs = jobs
        journal = home.journal
        let (queues, time) = (home.queues, home.time)
        outlets = DeskOutlets(
            decided: { name in
                try stored.decisions(named: name).first.map { try SubmittedOrder.recorded(in: $0.body) }
            },
            willOrder: { stored.take($0) },
            notify: { notice in
                service.events.publish(
                    OrchestrationEvent(
                        notice.isAlert ? .systemAlert : .marketEvent, at: notice.time, subject: notice.text,
                        detail: ["key": .text(notice.key)]))
            },
            send: { message, queue in
                guard try queues.queues().contains(queue) else {
                    throw TaskFailure(code: "no_queue", "there is no queue '\(queue)'", mayRetry: false)
                }
                _ = try queues.enqueue([message], to: queue, at: time.now)
            })
    }

    /// Work with outlets as they are given.
    init(_ jobs: DeskJobs, _ outlets: DeskOutlets, _ journal: any Journal) {
        (self.jobs, self.outlets, self.journal) = (jobs, outlets, journal)
    }

    /// What steps have done, as it was kept.
    func ledger() throws -> EffectLedger {
        guard let bytes = try journal.value(of: DeskWork.key) else { return EffectLedger() }
        return try JSONDecoder().decode(EffectLedger.self, from: Data(bytes))
    }

    /// Keeps what steps have done, without what runs did that are over.
    func keep(_ ledger: EffectLedger) throws -> EffectLedger {
        let open = Set(try journal.openRuns().map(\.run.text))
        let kept = ledger.keeping(runs: open)
        try journal.commit(JournalBatch(states: [DeskWork.key: [UInt8](try JSONEncoder().encode(kept))]))
        return kept
    }
}
