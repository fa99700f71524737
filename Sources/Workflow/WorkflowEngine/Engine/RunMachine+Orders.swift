import Determinism
import WorkflowModel

extension RunMachine {
    /// How many outputs of earlier tasks a task is given.
    private static let mostResults = 100

    /// What whoever does a task's work is told.
    func order(_ address: TaskAddress, attempt: Int) -> TaskOrder? {
        guard case .running(attempt, let until)? = record(of: address)?.state, let header else { return nil }
        let task = plan.tasks[address.place].definition
        let name = name(of: address)
        let work = work(address)
        return TaskOrder(
            key: TaskKey(run: run, task: name, attempt: attempt), workflow: plan.name, type: work.type,
            agent: task.agent, params: work.params, input: header.input ?? .object([:]), isTest: header.isTest ?? false,
            results: bytes(before: address), deadline: until,
            cache: address.isUndo ? nil : cacheSlot(address.place),
            idempotencyKey: "\(run)/\(name.asPartOfKey)\(roundMark(address))")
    }

    private func work(_ address: TaskAddress) -> (type: String, params: Value) {
        let task = plan.tasks[address.place].definition
        if address.isUndo, let undo = task.compensation { return (undo.type, undo.params) }
        guard case .work(let type) = task.kind else { return (task.name, task.params) }
        return (type, task.params)
    }

    private func roundMark(_ address: TaskAddress) -> String {
        guard let round = record(of: address)?.round, round > 1 else { return "" }
        return "#\(round)"
    }

    /// What the nearest tasks before this one put out; for the work that undoes a task, what the task put out as well.
    private func bytes(before address: TaskAddress) -> [String: [UInt8]] {
        var results: [String: [UInt8]] = [:]
        let own = address.isUndo ? [address.place] : []
        for place in own + ancestors(of: address.place, atMost: RunMachine.mostResults) {
            results[plan.tasks[place].name] = tasks[place].output
        }
        return results
    }

    /// Where a task's result is kept for others; nil where it is not.
    func cacheSlot(_ place: Int) -> CacheSlot? {
        let task = plan.tasks[place].definition
        guard let cache = task.cache, case .work(let type) = task.kind else { return nil }
        let keys = cache.keys.map { value(of: $0, at: place) ?? .null }
        let identity: Value = [.text(type), task.params, .list(keys)]
        guard let bytes = try? identity.json() else { return nil }
        return CacheSlot(key: StateKey("cache", String(decoding: bytes, as: UTF8.self)), lifetime: cache.lifetime)
    }

    /// The breaker around a task's type of work; nil where there is none.
    func protection(_ address: TaskAddress) -> (name: String, policy: BreakerPolicy)? {
        let task = plan.tasks[address.place].definition
        guard !address.isUndo, let policy = task.breaker, case .work(let type) = task.kind else { return nil }
        return ("task_type/\(type)", policy)
    }

    /// The try of a task that is under way; nil where none is.
    func key(of address: TaskAddress) -> TaskKey? {
        guard let record = record(of: address), let attempt = record.state.attempt else { return nil }
        return TaskKey(run: run, task: name(of: address), attempt: attempt)
    }
}

extension String {
    /// The name with the signs escaped that keys are put together with, so that no two tasks share a key.
    var asPartOfKey: String {
        guard utf8.contains(where: { "/#%".utf8.contains($0) }) else { return self }
        return reduce(into: "") { text, sign in
            switch sign {
            case "%": text += "%25"
            case "/": text += "%2F"
            case "#": text += "%23"
            default: text.append(sign)
            }
        }
    }
}

extension TaskState {
    /// The number of the latest try of a task that has been tried and is not done.
    fileprivate var attempt: Int? {
        switch self {
        case .running(let attempt, _): attempt
        case .retrying(let attempt, _): attempt - 1
        case .timedOut(let attempts): attempts
        default: nil
        }
    }
}
