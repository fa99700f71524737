import Determinism
import Storage
import Synchronization
import TaskQueues
import TradingDesk
import WorkflowEngine
import WorkflowModel
import WorkflowStore

/// Shows what happens in runs.
protocol WorkflowWatcher: Sendable {
    /// Something happened; events of one run come in their order.
    func show(_ event: RunEvent, of run: RunID) throws
    /// Nothing happened for a moment.
    func rest() throws
    /// Nothing more is shown.
    func close() throws
}

extension WorkflowWatcher {
    func rest() throws {}
    func close() throws {}
}

/// Shows nothing.
struct SilentWatcher: WorkflowWatcher {
    func show(_ event: RunEvent, of run: RunID) throws {}
}

/// Leaves a request and watches the journal until what is waited for has happened.
///
/// Where no other process serves the home this one does so meanwhile, and takes over from one that ends.
final class WorkflowWatch: Sendable {
    /// What is waited for.
    enum Goal: Sendable {
        /// The end of a run.
        case end(of: RunID)
        /// The answer to the request.
        case answer
        /// Nothing: a person ends it.
        case interruption
    }

    /// How the waiting ended.
    enum End: Sendable, Hashable {
        case reached
        /// The request was refused; why.
        case refused(String)
        /// A person ended the waiting.
        case interrupted
        /// The process that served the home is gone.
        case orphaned
    }

    private let home: WorkflowHome
    private let goal: Goal
    private let watcher: any WorkflowWatcher
    private let call: Invocation
    private let cursor: Mutex<Int64>
    private let request = Mutex<MessageID?>(nil)
    private let warning: Mutex<Timestamp?>

    /// A watch over what happens from now on.
    init(_ home: WorkflowHome, for goal: Goal, _ watcher: any WorkflowWatcher, _ call: Invocation) throws {
        self.home = home
        self.goal = goal
        self.watcher = watcher
        self.call = call
        cursor = Mutex(try home.journal.lastEvent())
        warning = Mutex(home.time.now + .seconds(10))
    }

    /// Watches what happened from a moment on as well; a minute before it too, for clocks may be set back.
    func rewind(to moment: Timestamp) throws {
        let start = moment - .seconds(60)
        var low: Int64 = 0
        var high = try home.journal.lastEvent()
        while low < high {
            let middle = low + (high - low) / 2
            let next = try home.journal.events(after: middle, limit: 1).first
            if let next, next.event.time < start { low = next.number } else { high = middle }
        }
        cursor.withLock { $0 = low }
    }

    /// Shows everything there is to show.
    func showAll() throws { _ = try showNew() }

    /// Leaves the request and waits.
    func wait(_ wanted: WorkflowRequest?, capacity: Int = 5) async throws -> End {
        if let wanted {
            let id = try home.box.send(wanted, at: home.time.now)
            request.withLock { $0 = id }
        }
        while true {
            let end: End
            if let lock = try lock() {
                defer { withExtendedLifetime(lock) {} }
                let host = WorkflowHost(home: home, capacity: capacity)
                end = try await host.serve { _ in try await self.look(isServing: true) }
            } else {
                end = try await look(isServing: false)
            }
            guard end == .orphaned else { return end }
        }
    }

    /// Looks at what happens, without serving.
    func look(isServing: Bool) async throws -> End {
        while true {
            if try showNew() { return .reached }
            if let end = try answered() { return end }
            if call.interruption.isRequested { return .interrupted }
            if !isServing, !isEndless {
                if home.holder == nil { return .orphaned }
                warn()
            }
            try watcher.rest()
            try await home.time.sleep(for: .milliseconds(20))
        }
    }

    private var isEndless: Bool {
        if case .interruption = goal { return true }
        return false
    }

    private func lock() throws -> FolderLock? {
        do {
            return try FolderLock(folder: home.folder.path)
        } catch {
            if case .heldByProcess = error.code { return nil }
            throw error
        }
    }

    /// Shows what is new; true where that is what was waited for.
    private func showNew() throws -> Bool {
        while true {
            let events = try home.journal.events(after: cursor.withLock { $0 }, limit: 500)
            for entry in events {
                try watcher.show(entry.event, of: entry.run)
                cursor.withLock { $0 = entry.number }
                if case .end(entry.run) = goal, case .runFinished = entry.event.fact { return true }
            }
            if events.isEmpty { return false }
        }
    }

    private func answered() throws -> End? {
        guard let id = request.withLock({ $0 }), let answer = try home.box.answer(to: id) else { return nil }
        request.withLock { $0 = nil }
        try home.box.forget(id)
        if !answer.isGranted { return .refused(answer.message) }
        if case .answer = goal { return .reached }
        return nil
    }

    private func warn() {
        guard request.withLock({ $0 != nil }), let due = warning.withLock({ $0 }), home.time.now > due else { return }
        warning.withLock { $0 = nil }
        let name = home.holder.map { "process \($0)" } ?? "another process"
        call.console.note(
            "\(name) has this home and has not taken the request yet; it is kept. Ctrl-C leaves it there.")
    }
}
