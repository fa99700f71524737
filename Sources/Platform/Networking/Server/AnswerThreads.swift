import Dispatch
import Foundation
import Synchronization

/// Threads on which answers are made, apart from those that the rest of the process works on.
///
/// What a caller asks may take long or wait for a disk. Here it takes its share of the processors, and not one of the few
/// threads that everything else in the process shares.
public final class AnswerThreads: TaskExecutor {
    /// The threads of this process; they live as long as it does.
    public static let shared = AnswerThreads(count: max(4, ProcessInfo.processInfo.activeProcessorCount * 2))

    private struct Line {
        var jobs: [UnownedJob] = []
        var next = 0

        mutating func take() -> UnownedJob? {
            guard next < jobs.count else { return nil }
            defer {
                next += 1
                if next == jobs.count { (jobs, next) = ([], 0) }
            }
            return jobs[next]
        }
    }

    private let line = Mutex(Line())
    private let waiting = DispatchSemaphore(value: 0)

    private init(count: Int) {
        for number in 1...count {
            let thread = Thread { [self] in work() }
            thread.name = "bellwether-ask\(number)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// Puts a job in line.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        line.withLock { $0.jobs.append(job) }
        waiting.signal()
    }

    private func work() {
        while true {
            waiting.wait()
            if let job = line.withLock({ $0.take() }) { job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }
}
