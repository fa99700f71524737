/// The workers of a service: which does what, which is to do what next, and which must not be given more.
struct WorkCrew {
    private var workers: [WorkerID: Task<Void, Never>] = [:]
    private var work: [TaskKey: WorkerID] = [:]
    /// Orders that their workers have not fetched yet.
    private var orders: [WorkerID: TaskOrder] = [:]
    /// Workers that were cancelled: what they were given next would be cancelled too.
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
    mutating func give(_ order: TaskOrder, to worker: WorkerID) -> Bool {
        guard workers[worker] != nil, !cancelled.contains(worker) else { return false }
        orders[worker] = order
        work[order.key] = worker
        return true
    }

    /// What a worker is to do next; nil where nothing is.
    mutating func order(for worker: WorkerID) -> TaskOrder? {
        orders.removeValue(forKey: worker)
    }

    /// Forgets a worker that is not needed any more.
    mutating func leave(_ worker: WorkerID) {
        workers[worker] = nil
        cancelled.remove(worker)
    }

    mutating func settled(_ key: TaskKey) {
        work[key] = nil
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
