import Determinism
import TaskQueues
import Testing
import TradingDesk
import Triggers
import WorkflowEngine
import WorkflowModel

/// Requests from other processes, taken from their queue.
@Suite struct RequestIntakeTests {
    private let journal = InMemoryJournal()
    private let queues = InMemoryTaskQueue()
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_000_000_000_000))
    private var box: RequestBox { RequestBox(queues, journal) }

    private func serving(_ body: (RequestIntake, WorkflowService) async throws -> Void) async throws {
        let library = try DefinitionLibrary(journal, options: WorkflowOptions.reading())
        let text = "name: chain\nsteps: [{name: first, type: a}, {name: second, type: approval}]\n"
        _ = try library.adopt(text, file: "chain.yaml", at: time.now)
        let steps = WorkflowSteps.withoutDesk
        let service = WorkflowService(
            journal: journal, handlers: steps.handlers, time: time, plans: try library.plans())
        let triggers = TriggerRoster(service, journal, steps: steps, time: time, isTest: true)
        let intake = RequestIntake(
            service, box, queues, library: library, steps: steps, triggers: triggers, time: time)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            try box.open(at: time.now)
            try await body(intake, service)
            service.stop()
            try await group.waitForAll()
        }
    }

    private func start(_ run: String, isTest: Bool = true) -> WorkflowRequest {
        .start(RunRequest("chain", as: RunID(run), isTest: isTest))
    }

    @Test func `a request is done, answered and acknowledged`() async throws {
        try await serving { intake, _ in
            let id = try box.send(start("one"), at: time.now)
            #expect(try box.answer(to: id) == nil)
            #expect(try await intake.takeWhatIsThere() == 1)
            #expect(try box.answer(to: id)?.isGranted == true)
            #expect(try journal.openRuns().map(\.run.text) == ["one"])
            #expect(try await intake.takeWhatIsThere() == 0)
            try box.forget(id)
            #expect(try box.answer(to: id) == nil)
        }
    }

    @Test func `a message from outside and what its webhook remembers are kept together`() throws {
        let box = RequestBox(journal.queue, journal)
        let delivery = WebhookDelivery(name: "news", id: "m1", received: time.now, body: ["a": 1])
        try box.keep(delivery, memory: ["message m1": [1], "message m0": nil], ofWebhook: "news", at: time.now)
        #expect(try box.memory(ofWebhook: "news") == ["message m1": [1]])
        #expect(try box.memory(ofWebhook: "other").isEmpty)
        #expect(try journal.queue.peek(RequestBox.queue, limit: 2, at: time.now).map(\.message.kind) == ["deliver"])
        try box.keep(nil, memory: ["message m1": nil], ofWebhook: "news", at: time.now)
        #expect(try box.memory(ofWebhook: "news").isEmpty)
        #expect(try journal.queue.peek(RequestBox.queue, limit: 2, at: time.now).count == 1)
    }

    @Test func `a request that is taken again after a crash starts no second run`() async throws {
        try await serving { intake, _ in
            let id = try box.send(start("one"), at: time.now)
            // Taken by a process that died before it could acknowledge.
            _ = try queues.lease(from: RequestBox.queue, holder: "dead", at: time.now)
            #expect(try await intake.takeWhatIsThere() == 0)
            time.advance(by: .seconds(61))
            #expect(try await intake.takeWhatIsThere() == 1)
            let before = try journal.history(of: RunID("one"))
            let again = try box.send(start("one"), at: time.now)
            #expect(try await intake.takeWhatIsThere() == 1)
            #expect(try box.answer(to: again)?.isGranted == true)
            #expect(try journal.openRuns().count == 1)
            #expect(try journal.history(of: RunID("one")).prefix(before.count) == before[...])
            #expect(try box.answer(to: id)?.isGranted == true)
        }
    }

    @Test func `what cannot be done is answered with the reason and is not tried again`() async throws {
        try await serving { intake, _ in
            let requests: [(WorkflowRequest, String)] = [
                (.cancel(RunID("none"), reason: "x"), "there is no open run 'none'"),
                (.start(RunRequest("nothing", as: RunID("two"), isTest: true)), "there is no workflow 'nothing'"),
                (start("three", isTest: false), "nobody does work of the types a"),
                (.triggers(of: "chain", named: nil, paused: true, by: "ann"), "'chain' has no triggers"),
            ]
            for (request, reason) in requests {
                let id = try box.send(request, at: time.now)
                #expect(try await intake.takeWhatIsThere() == 1)
                let answer = try #require(try box.answer(to: id))
                #expect(!answer.isGranted)
                #expect(answer.message.contains(reason))
                #expect(try await intake.takeWhatIsThere() == 0)
            }
            #expect(try journal.openRuns().isEmpty)
        }
    }
}
