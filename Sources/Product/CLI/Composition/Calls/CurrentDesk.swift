import Access
import DeskCommands
import Dispatch
import Synchronization

/// Asks whichever desk serves the home at the moment, for programs that outlive a desk; where none does, what is stored.
final class CurrentDesk: CommandPerforming {
    private let invocation: Invocation
    private let home: String
    private let calls: Mutex<DeskCalls>
    private let threads = WaitingThreads()

    init(_ invocation: Invocation) throws {
        self.invocation = invocation
        home = try HomeFolder(try invocation.arguments[Program.Shared.home], environment: invocation.environment).path
        calls = Mutex(try DeskCalls(invocation))
    }

    /// Who is asked, in words.
    var place: String {
        calls.withLock { $0.desk.map { "the desk at \($0.url)" } ?? "what is stored in \(home), since no desk runs" }
    }

    func perform(_ call: CommandCall) async throws(CommandProblem) -> CommandAnswer {
        let performer = try current()
        let result = await withTaskExecutorPreference(threads) {
            await CurrentDesk.result(of: call, performer)
        }
        return try result.get()
    }

    /// Away from the caller's actor, since asking a desk over a socket waits.
    @concurrent
    private static func result(
        of call: CommandCall, _ performer: any CommandPerforming
    ) async -> Result<CommandAnswer, CommandProblem> {
        do throws(CommandProblem) {
            return .success(try await performer.perform(call))
        } catch {
            return .failure(error)
        }
    }

    private func current() throws(CommandProblem) -> any CommandPerforming {
        do {
            let found = try LocalToken.find(home: home)
            return try calls.withLock { calls in
                if calls.desk != found { calls = try DeskCalls(invocation) }
                return calls.performer
            }
        } catch {
            throw CommandProblem(.unavailable, "the desk of \(home) cannot be asked: \(error)")
        }
    }
}

/// Threads for work that waits, so that other work goes on meanwhile.
private final class WaitingThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "desk.calls", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
