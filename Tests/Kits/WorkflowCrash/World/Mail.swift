import Determinism
public import TaskQueues
import WorkflowEngine
import WorkflowModel

/// A queue whose messages become runs, as `MessageIntake` makes them, with those who send them.
public struct Mail: Sendable {
    /// The queue.
    public static let queue: QueueName = "work"
    /// Where records of acknowledged messages go.
    public static let success: QueueName = "done"

    /// What is sent, one by one, each until it is known to have arrived.
    public let messages: [NewMessage]
    /// What a message starts.
    public let workflow: String
    let queues: any TaskQueue
    var sent = 0
    var look: Timestamp? = EngineWorld.beginning
    var held: [RunID: Lease] = [:]

    /// Messages for a workflow, on queues that lie beside the journal.
    public init(_ messages: [NewMessage], for workflow: String, on queues: any TaskQueue) throws {
        self.messages = messages
        self.workflow = workflow
        self.queues = queues
        var settings = QueueSettings()
        settings.successQueue = Mail.success
        settings.maxRetries = 4
        settings.batchSize = 2
        settings.ordering = .none
        try queues.createQueue(Mail.queue, settings, at: EngineWorld.beginning)
    }

    /// The names of the messages on a queue.
    public func names(on queue: QueueName) throws -> [String] {
        try queues.peek(queue, limit: 100, at: EngineWorld.beginning).map(\.message.id.text).sorted()
    }
}

extension EngineWorld {
    /// Sends, looks for messages and keeps those it has; false where nothing of it is due.
    mutating func handleMail() throws -> Bool {
        guard let mail else { return false }
        if mail.sent < mail.messages.count {
            _ = try operate { time in
                try mail.queues.enqueue([mail.messages[mail.sent]], to: Mail.queue, at: time)
            }
            if machine != nil { self.mail?.sent += 1 }
            return true
        }
        guard let look = mail.look, look <= now else { return false }
        try keepHeld()
        guard machine != nil else { return true }
        let leases = try operate { time in try mail.queues.lease(from: Mail.queue, holder: "workflows", at: time) }
        for lease in leases ?? [] where machine != nil { try take(lease) }
        let isEmpty = try mail.queues.peek(Mail.queue, limit: 1, at: now).isEmpty
        self.mail?.look = isEmpty ? nil : now + .seconds(5)
        return true
    }

    /// Does something to the queues, unless the process dies before, and gives what came of it unless it dies after.
    private mutating func operate<Result>(_ body: (Timestamp) throws -> Result) throws -> Result? {
        commits += 1
        let moment = fate.moment(ofCommit: commits)
        let result = moment == .before ? nil : try body(now)
        guard moment == nil else {
            die()
            return nil
        }
        return result
    }

    private mutating func keepHeld() throws {
        guard let mail else { return }
        for (run, lease) in mail.held.sorted(by: { $0.key < $1.key }) where machine != nil {
            guard machine?.machine(of: run) != nil else {
                self.mail?.held[run] = nil
                continue
            }
            do {
                _ = try operate { time in try mail.queues.extend(lease.receipt, at: time) }
            } catch let error as QueueError where error.code == .staleLease {
                self.mail?.held[run] = nil
            }
        }
    }

    private mutating func take(_ lease: Lease) throws {
        guard let mail else { return }
        for attempt in 1...max(1, lease.message.attempts) {
            let run = EngineWorld.run(lease.message.id, attempt)
            guard let summary = try journal.summary(of: run) else { continue }
            if summary.outcome == nil {
                self.mail?.held[run] = lease
                return try take([.adopt(run, lease.receipt)])
            }
            guard summary.outcome?.status == .completed else { continue }
            _ = try operate { time in try mail.queues.acknowledge([lease.receipt], at: time) }
            return
        }
        var request = RunRequest(mail.workflow, as: EngineWorld.run(lease.message.id, lease.message.attempts))
        request.input = .object(["of": .text(lease.message.id.text)])
        request.message = lease.receipt
        self.mail?.held[request.run] = lease
        try take([.start(request, nil)])
    }

    private static func run(_ message: MessageID, _ attempt: Int) -> RunID {
        RunID("\(Mail.queue)/\(message)\(attempt > 1 ? "#\(attempt)" : "")")
    }
}
