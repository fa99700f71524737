public import Determinism
public import TaskQueues
import Triggers
public import WorkflowEngine
import WorkflowModel

/// Takes requests from the queue of a home and lets the service do them.
///
/// A request is leased, done, answered and acknowledged, in this order. After a crash in between it is done again:
/// a run that exists then is not started twice, and whatever else comes again is refused by the service.
public struct RequestIntake: Sendable {
    private let service: WorkflowService
    private let queues: any TaskQueue
    private let box: RequestBox
    private let library: DefinitionLibrary
    private let steps: WorkflowSteps
    private let triggers: TriggerRoster
    private let time: any TimeSource

    /// The intake of a service; the queue is made where there is none.
    public init(
        _ service: WorkflowService, _ box: RequestBox, _ queues: any TaskQueue, library: DefinitionLibrary,
        steps: WorkflowSteps, triggers: TriggerRoster, time: any TimeSource
    ) {
        self.service = service
        self.queues = queues
        self.box = box
        self.library = library
        self.steps = steps
        self.triggers = triggers
        self.time = time
    }

    /// Takes requests until cancelled, looking for new ones this often.
    public func run(every pause: Duration = .milliseconds(50)) async throws {
        try box.open(at: time.now)
        while true {
            if try await takeWhatIsThere() == 0 { try await time.sleep(for: pause) }
        }
    }

    /// Does the requests that are there and tells how many there were.
    public func takeWhatIsThere() async throws -> Int {
        // Looking writes nothing; leasing does.
        guard try !queues.peek(RequestBox.queue, limit: 1, at: time.now).isEmpty else { return 0 }
        let leases = try queues.lease(from: RequestBox.queue, holder: "workflow-service", at: time.now)
        for lease in leases {
            let answer = await answer(lease.message)
            // Nobody waits for the answer to a message from outside.
            if lease.message.kind != "deliver" { try box.keep(answer, to: lease.message.id) }
            try queues.acknowledge([lease.receipt], at: time.now)
        }
        return leases.count
    }

    private func answer(_ message: Message) async -> RequestAnswer {
        do {
            try await perform(try WorkflowRequest(kind: message.kind, body: message.body))
            return RequestAnswer(isGranted: true, message: "")
        } catch let refusal as EngineRefusal where refusal.code == .runExists {
            return RequestAnswer(isGranted: true, message: "")
        } catch {
            return RequestAnswer(isGranted: false, message: "\(error)")
        }
    }

    private func perform(_ request: WorkflowRequest) async throws {
        switch request {
        case .start(let start): try await begin(start)
        case .cancel(let cancel): try await service.cancel(cancel.run, reason: cancel.reason)
        case .approve(let answer):
            let approval = Approval(
                run: answer.run, task: answer.task, isApproved: answer.isApproved, by: answer.by, note: answer.note)
            try await service.answer(approval)
        case .adjust(let adjust): try await service.adjust(adjust.run, adjust.adjustment)
        case .fork(let fork):
            try await reload()
            try await service.fork(fork.original, as: fork.run, from: fork.from, version: fork.version)
        case .triggers(let pausing): try await triggers.pause(pausing)
        case .deliver(let delivery): try await triggers.keeper.observe(.webhook(delivery))
        case .reload: try await reload()
        }
    }

    private func begin(_ start: WorkflowRequest.Start) async throws {
        try await reload()
        let plan = try library.plan(library.definition(start.workflow, version: start.version))
        await service.register(plan)
        var request = RunRequest(
            start.workflow, as: start.run, input: start.input, cause: start.cause, isTest: start.isTest)
        request.version = plan.version
        let unknown = start.isTest ? [] : steps.unknownTypes(of: plan.definition)
        guard unknown.isEmpty else {
            throw EngineRefusal(.unknownWorkflow, "nobody does work of the types \(unknown.joined(separator: ", "))")
        }
        try await service.start(request)
    }

    private func reload() async throws {
        let plans = try library.plans()
        for plan in plans { await service.register(plan) }
        try await triggers.load(plans)
    }
}
