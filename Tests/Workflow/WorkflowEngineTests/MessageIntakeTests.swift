import Determinism
import TaskQueues
import Testing
import WorkflowModel

@testable import WorkflowEngine

@Suite("Message intake") struct MessageIntakeTests {
    private let time = ManualTime()
    private let queue = InMemoryTaskQueue()
    private let signals = QueueName("trading-signals")

    @Test func `a message starts a run and is acknowledged when the run completes`() async throws {
        try queue.createQueue(signals, settings(success: "done"), at: time.now)
        try send("m1", kind: "trade_signal", #"{"symbol":"AAPL"}"#)
        let journal = InMemoryJournal(queue)
        try await serve(journal, handlers { ["got": $0.input["symbol"] ?? .null] }) { service, intake in
            let found1 = try await intake.round()
            #expect(found1 == 1)
            let found2 = try await service.outcome(of: RunID("trading-signals/m1"))
            #expect(found2 == .completed)
        }
        #expect(try queue.peek(signals, limit: 9, at: time.now).isEmpty)
        #expect(try queue.peek(QueueName("done"), limit: 9, at: time.now).map(\.message.id) == [MessageID("m1")])
    }

    @Test func `a message whose run fails is tried again under another run and then a dead letter`() async throws {
        try queue.createQueue(signals, settings(retries: 1), at: time.now)
        try send("m1", kind: "trade_signal", "{}")
        let journal = InMemoryJournal(queue)
        let failing = handlers { _ in throw TaskFailure(code: "rate_limit", "slow down", mayRetry: false) }
        try await serve(journal, failing) { service, intake in
            let found3 = try await intake.round()
            #expect(found3 == 1)
            let found4 = try await service.outcome(of: RunID("trading-signals/m1")).status
            #expect(found4 == .failed)
            time.advance(by: .seconds(60))
            let found5 = try await intake.round()
            #expect(found5 == 1)
            let found6 = try await service.outcome(of: RunID("trading-signals/m1#2")).status
            #expect(found6 == .failed)
        }
        let dead = try queue.peek(.deadLetters, limit: 9, at: time.now)
        #expect(dead.map(\.message.lastError?.code) == ["rate_limit"])
    }

    @Test func `a message that nobody takes is a dead letter at once`() async throws {
        try queue.createQueue(signals, settings(), at: time.now)
        try send("m1", kind: "riddle", "{}")
        try await serve(InMemoryJournal(queue), handlers { _ in .null }) { _, intake in
            let found7 = try await intake.round()
            #expect(found7 == 1)
        }
        let dead = try queue.peek(.deadLetters, limit: 9, at: time.now)
        #expect(dead.map(\.message.lastError?.code) == ["no_workflow"])
    }

    @Test func `a message handed out anew finds the run that the dead process left open`() async throws {
        try queue.createQueue(signals, settings(), at: time.now)
        try send("m1", kind: "trade_signal", "{}")
        let journal = InMemoryJournal(queue)
        let run = RunID("trading-signals/m1")
        let stuck = handlers { _ in
            try await Task.sleep(for: .seconds(1_000))
            return .null
        }
        try await serve(journal, stuck) { _, intake in _ = try await intake.round() }
        time.advance(by: .seconds(31))
        try await serve(journal, handlers { _ in "done" }) { service, intake in
            let found8 = try await service.outcome(of: run)
            #expect(found8 == .completed)
            _ = try await intake.round()
        }
        #expect(try queue.peek(signals, limit: 9, at: time.now).isEmpty)
        #expect(try queue.peek(.deadLetters, limit: 9, at: time.now).isEmpty)
        #expect(try journal.finishedRuns(limit: 9).map(\.run) == [run])
    }

    @Test func `what a run tells is on a subscriber's queue in the same write`() async throws {
        let told = QueueName("told")
        try queue.createQueue(told, .records, at: time.now)
        let journal = InMemoryJournal(queue)
        try await serve(journal, handlers { _ in "done" }) { service, _ in
            await service.subscribe(DurableSubscription([.workflowCompleted, .taskStarted], to: told))
            try await service.start(RunRequest("execute", as: RunID("r")))
            _ = try await service.outcome(of: RunID("r"))
        }
        let messages = try queue.peek(told, limit: 9, at: time.now).map(\.message)
        #expect(messages.map(\.kind) == ["task_started", "workflow_completed"])
        let first = try Value(json: messages[0].body)
        #expect(first["workflow"] == "execute")
    }

    private func settings(retries: Int = 3, success: String? = nil) -> QueueSettings {
        var settings = QueueSettings()
        settings.maxRetries = retries
        settings.successQueue = success.map { QueueName($0) }
        return settings
    }

    private func send(_ id: String, kind: String, _ body: String) throws {
        try queue.enqueue([NewMessage(MessageID(id), kind: kind, body: Array(body.utf8))], to: signals, at: time.now)
    }

    private func handlers(_ body: @escaping @Sendable (TaskOrder) async throws -> Value) -> TaskHandlers {
        var handlers = TaskHandlers()
        handlers.add("trade", body)
        return handlers
    }

    private func serve(
        _ journal: InMemoryJournal, _ handlers: TaskHandlers,
        _ body: (WorkflowService, MessageIntake) async throws -> Void
    ) async throws {
        let plan = try WorkflowPlan(
            WorkflowDefinition("execute", tasks: [TaskDefinition("trade", .work(type: "trade"))]))
        let service = WorkflowService(journal: journal, handlers: handlers, time: time, plans: [plan])
        let intake = MessageIntake(
            from: signals, MessageIntake.Routes(["trade_signal": "execute"]), queues: queue, service: service,
            time: time)
        async let running: Void = service.run()
        do {
            try await body(service, intake)
        } catch {
            service.stop()
            throw error
        }
        service.stop()
        try await running
    }
}
