/// The workers of a service and what each does.
struct WorkCrew {
    private var workers: [WorkerID: Task<Void, Never>] = [:]
    private var work: [TaskKey: WorkerID] = [:]
    /// Workers that were cancelled: what they did next would be cancelled too.
    private var cancelled: Set<WorkerID> = []
    private var last: UInt64 = 0

    mutating func newWorker() -> WorkerID {
        last += 1
        return WorkerID(number: last)
    }

    mutating func hire(_ worker: WorkerID, _ key: TaskKey, _ task: Task<Void, Never>) {
        workers[worker] = task
        work[key] = worker
    }

    /// Gives a worker its next order; false where it must not have one.
    mutating func give(_ key: TaskKey, to worker: WorkerID) -> Bool {
        guard workers[worker] != nil, !cancelled.contains(worker) else { return false }
        work[key] = worker
        return true
    }

    /// Forgets a worker whose work is settled.
    mutating func settled(_ key: TaskKey) {
        guard let worker = work.removeValue(forKey: key) else { return }
        workers[worker] = nil
        cancelled.remove(worker)
    }

    /// Forgets what a worker has done that goes on with something else.
    mutating func goesOn(after key: TaskKey) {
        work[key] = nil
    }

    /// Forgets a worker that is not needed any more.
    mutating func leave(_ worker: WorkerID) {
        workers[worker] = nil
        cancelled.remove(worker)
    }

    mutating func cancel(_ key: TaskKey) {
        guard let worker = work[key] else { return }
        cancelled.insert(worker)
        workers[worker]?.cancel()
    }

    mutating func dismiss() {
        for worker in workers.values { worker.cancel() }
        self = WorkCrew()
    }
}

/// A task of this process that does work.
struct WorkerID: Sendable, Hashable {
    let number: UInt64
}
