import Networking

/// Does work that was asked for where nobody can wait, as children of one task.
final class CallRunner: Sendable {
    typealias Work = @Sendable () async -> Void

    private let works: AsyncStream<Work>
    private let input: AsyncStream<Work>.Continuation

    /// A runner that holds so many pieces of work at most.
    init(capacity: Int = 4_096) {
        (works, input) = AsyncStream.makeStream(of: Work.self, bufferingPolicy: .bufferingOldest(capacity))
    }

    /// Hands work over; false where there is too much already.
    func submit(_ work: @escaping Work) -> Bool {
        if case .enqueued = input.yield(work) { return true }
        return false
    }

    /// Does what is handed over until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await work in works { group.addTask(executorPreference: AnswerThreads.shared) { await work() } }
        }
    }
}
