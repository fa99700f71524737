public import Determinism
public import TaskQueues
import WorkflowModel

/// Turns the messages of a queue into runs.
///
/// A message's run is started in one write; at the run's end the message is acknowledged or failed in the same write as
/// the run's last event. A message that is handed out again, because the process died, finds its run and starts none.
public actor MessageIntake {
    /// Which workflow a message starts, by its kind.
    public struct Routes: Sendable, Hashable {
        private let workflows: [String: String]
        private let fallback: String?

        /// Workflows by the kinds of messages, and one for all other kinds; nil where those are failed for good.
        public init(_ workflows: [String: String], otherwise fallback: String? = nil) {
            self.workflows = workflows
            self.fallback = fallback
        }

        func workflow(for kind: String) -> String? { workflows[kind] ?? fallback }
    }

    private struct Held {
        let receipt: LeaseReceipt
        var expires: Timestamp
    }

    private let queue: QueueName
    private let routes: Routes
    private let queues: any TaskQueue
    private let service: WorkflowService
    private let time: any TimeSource
    private let isTest: Bool
    private var held: [RunID: Held] = [:]

    /// An intake of one queue's messages; with `isTest` their runs must have no effect on a real venue.
    public init(
        from queue: QueueName, _ routes: Routes, queues: any TaskQueue, service: WorkflowService,
        time: any TimeSource, isTest: Bool = false
    ) {
        self.queue = queue
        self.routes = routes
        self.queues = queues
        self.service = service
        self.time = time
        self.isTest = isTest
    }

    /// Takes messages until cancelled, looking again after `pause` where there are none.
    public func run(pause: Duration = .milliseconds(200)) async throws {
        while true {
            if try await round() == 0 { try await time.sleep(for: pause) }
        }
    }

    /// Takes what is there at present and tells how many messages that were.
    @discardableResult
    public func round() async throws -> Int {
        try await keepHeld()
        let leases = try queues.lease(from: queue, holder: "workflows", at: time.now)
        for lease in leases { try await take(lease) }
        return leases.count
    }

    /// Keeps messages from being handed out anew while their runs go on.
    private func keepHeld() async throws {
        let now = time.now
        for (run, held) in held where held.expires - now < .seconds(10) {
            guard await service.machine(of: run) != nil else {
                self.held[run] = nil
                continue
            }
            do {
                self.held[run]?.expires = try queues.extend(held.receipt, at: now)
            } catch let error as QueueError where error.code == .staleLease {
                self.held[run] = nil
            }
        }
    }

    private func take(_ lease: Lease) async throws {
        let message = lease.message
        guard let workflow = routes.workflow(for: message.kind) else {
            let failure = Failure(
                "no_workflow", detail: "no workflow takes messages of the kind '\(message.kind)'", retry: .never)
            try queues.fail(lease.receipt, failure, at: time.now)
            return
        }
        if try await takeUp(lease) { return }
        var request = RunRequest(
            workflow, as: RunID("\(message.run)\(message.attempts > 1 ? "#\(message.attempts)" : "")"),
            input: message.input, cause: "message \(message.id) of \(queue)", isTest: isTest)
        request.message = lease.receipt
        do {
            held[request.run] = Held(receipt: lease.receipt, expires: lease.expires)
            try await service.start(request)
        } catch let refusal as EngineRefusal {
            held[request.run] = nil
            try queues.fail(lease.receipt, Failure("refused", detail: refusal.message), at: time.now)
        }
    }

    /// Whether an earlier handing-out of the message has a run that is open or has completed.
    private func takeUp(_ lease: Lease) async throws -> Bool {
        for attempt in 1...max(1, lease.message.attempts) {
            let run = RunID("\(lease.message.run)\(attempt > 1 ? "#\(attempt)" : "")")
            guard let summary = try await service.summary(of: run) else { continue }
            if summary.outcome == nil {
                await service.adopt(lease.receipt, for: run)
                held[run] = Held(receipt: lease.receipt, expires: lease.expires)
                return true
            }
            if summary.outcome?.status == .completed {
                try queues.acknowledge([lease.receipt], at: time.now)
                return true
            }
        }
        return false
    }
}

extension Message {
    /// The first part of the names of its runs.
    fileprivate var run: String { "\(queue)/\(id)" }

    /// What its run is about: its body where that is an object, else the body under `body`; its kind under `type`.
    fileprivate var input: Value {
        let value = (try? Value(json: body)) ?? .text(String(decoding: body, as: UTF8.self))
        guard case .object(var fields) = value else { return ["type": .text(kind), "body": value] }
        if fields["type"] == nil { fields["type"] = .text(kind) }
        return .object(fields)
    }
}
