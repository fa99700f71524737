import Determinism
import TaskQueues
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// Leaves requests for the process that serves the workflows, and waits a little for its answer.
struct WorkflowAsking: Sendable {
    private let context: CommandContext
    private var workflows: WorkflowServices { context.services.workflows }

    init(_ context: CommandContext) {
        self.context = context
    }

    /// What became of a request.
    enum Outcome: Sendable, Hashable {
        /// It was done.
        case done
        /// It is kept, and nobody has taken it yet.
        case waiting
    }

    /// Leaves a request; throws where it was refused.
    ///
    /// Where no process serves the workflows, this one does so meanwhile if it can; else the request waits for one.
    func send(_ request: WorkflowRequest) async throws -> Outcome {
        let id = try workflows.box.send(request, at: context.services.time.now)
        if workflows.holder() != nil { return try await outcome(of: id) }
        guard let host = workflows.host else { return .waiting }
        let found = Outcomes()
        try await host { try await found.set(outcome(of: id)) }
        return await found.value ?? .waiting
    }

    private func outcome(of id: MessageID) async throws -> Outcome {
        let time = context.services.time
        let deadline = time.now + workflows.patience
        while true {
            if let answer = try workflows.box.answer(to: id) {
                try workflows.box.forget(id)
                guard answer.isGranted else { throw CommandProblem(.conflict, answer.message) }
                return .done
            }
            guard time.now < deadline else { return .waiting }
            try await time.sleep(for: .milliseconds(20))
        }
    }

    /// Leaves a request about a run and answers how the run stands then.
    func ask(_ request: WorkflowRequest, about run: RunID) async throws -> Value {
        let outcome = try await send(request)
        return try RunRequestAnswer.value(request.kind, run, outcome, workflows)
    }

    /// Asks for a copy of a run.
    func fork(_ original: RunSummary, as copy: RunID, from steps: [String], version: Int?) async throws -> Value {
        let stored = try workflows.definition(
            original.header.workflow, version: version ?? original.header.version)
        let plan = try workflows.plan(stored)
        guard !steps.isEmpty else {
            throw CommandProblem.invalid([FieldFault("from", "which steps? name one at least")])
        }
        if let unknown = steps.first(where: { plan.place(of: $0) == nil }) {
            let known = plan.tasks.map(\.name).joined(separator: ", ")
            throw CommandProblem.invalid([FieldFault("from", "there is no step '\(unknown)'; there are \(known)")])
        }
        return try await ask(.fork(original.run, as: copy, from: steps, version: stored.version), about: copy)
    }

    /// What a body came to that runs beside this.
    private actor Outcomes {
        private(set) var value: Outcome?

        func set(_ outcome: Outcome) { value = outcome }
    }
}

/// What a request about a run answers.
enum RunRequestAnswer {
    /// How far a request has come.
    static let states = ["done", "requested"]

    static let schema = ValueSchema.named(
        "RunRequest",
        .object([
            .init("execution_id", .text), .init("request", .text, "start, cancel, approve or fork"),
            .init("status", .choice(states), "requested: it is kept, and waits for a process that serves"),
            .init("served", .boolean, "Whether a process serves the workflows"),
            .init("run", RunAnswer.schema.orNull, "How the run stands; null where it has not begun"),
        ]))

    static func value(
        _ kind: String, _ run: RunID, _ outcome: WorkflowAsking.Outcome, _ workflows: WorkflowServices
    ) throws -> Value {
        let summary = try workflows.journal.summary(of: run)
        return [
            "execution_id": .text(run.text), "request": .text(kind),
            "status": outcome == .done ? "done" : "requested", "served": .boolean(workflows.holder() != nil),
            "run": summary.map { RunAnswer.item($0, workflows.reading($0)) } ?? .null,
        ]
    }
}
