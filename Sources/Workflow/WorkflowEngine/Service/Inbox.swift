import Synchronization

/// Inputs on their way to the engine: anybody puts them in, and whoever comes first takes all that have come.
final class Inbox: Sendable {
    /// What has come, and which workers are free because of it.
    struct Contents {
        var inputs: [EngineInput] = []
        var workers: [WorkerID] = []
    }

    private let contents = Mutex(Contents())

    /// Puts an input in; `worker` is whoever has done the work that the input tells of.
    func add(_ input: EngineInput, from worker: WorkerID? = nil) {
        contents.withLock { contents in
            contents.inputs.append(input)
            if let worker { contents.workers.append(worker) }
        }
    }

    /// Takes everything out.
    func take() -> Contents {
        contents.withLock { contents in
            defer { contents = Contents() }
            return contents
        }
    }
}

/// A task of this process that does work, one order after the other.
struct WorkerID: Sendable, Hashable {
    let number: UInt64
}
