import Glibc
import Synchronization

/// Runs the loop actor's jobs on the loop's thread, between two rounds of the network library.
final class LoopExecutor: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var thread: pthread_t?
    }

    private let state = Mutex(State())
    private let mailbox: Mailbox

    init(mailbox: Mailbox) {
        self.mailbox = mailbox
    }

    /// The calling thread is the loop's from now on.
    func bind() {
        state.withLock { $0.thread = pthread_self() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        mailbox.ring()
    }

    /// Runs what is waiting. Called by the loop's thread alone.
    func drain() {
        while true {
            let jobs = state.withLock { state in
                defer { state.jobs = [] }
                return state.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
        }
    }

    func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the loop's thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        state.withLock { $0.thread } == pthread_self()
    }
}
