import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// A run that somebody wants.
struct RunStart: Sendable {
    private static let input = Field<Value>.object("input_data", "What the run is about, an object").or([:])
    private static let testMode = Field<Bool>.flag(
        "test_mode", "Have no effect on a real venue; work that nobody does is SIMULATED")
    private static let isAsynchronous = Field<Bool>.flag(
        "async", "Answer once it is asked for; else wait some seconds for its end"
    ).or(true)

    static let fields = [input.description, testMode.description, isAsynchronous.description]

    static let schema = ValueSchema.named(
        "Execution",
        .object([
            .init("success", .boolean), .init("execution_id", .text), .init("workflow_id", .text),
            .init("workflow_name", .text), .init("version", .integer),
            .init("status", .text, "queued: it is kept, and waits for a process that serves"),
            .init("started_at", .time.orNull), .init("requested_at", .time), .init("test_mode", .boolean),
            .init("served", .boolean), .init("execution", RunAnswer.fullSchema.orNull, "Where its end was waited for"),
        ]))

    private let stored: StoredDefinition
    private let request: RunRequest
    private let waits: Bool
    private let context: CommandContext
    private var workflows: WorkflowServices { context.services.workflows }

    /// The run that arguments ask for; throws where nobody does what it asks for, or the caller may not have it done.
    init(_ name: String, version: Int?, _ arguments: CommandArguments, _ context: CommandContext) throws {
        self.context = context
        stored = try context.services.workflows.definition(name, version: version)
        let input = try arguments[RunStart.input]
        let isTest = try arguments[RunStart.testMode] || input["test_mode"]?.boolean == true
        if !isTest {
            try context.require(.trade, "a run without test_mode")
            // A process that serves may do more than this one, and says itself what it cannot.
            if context.services.workflows.holder() == nil {
                try RunStart.checkTypes(stored, context.services.workflows)
            }
        }
        waits = try !arguments[RunStart.isAsynchronous]
        var request = RunRequest(
            stored.name, as: RunID(context.name(after: stored.name)), input: input,
            cause: "\(context.caller.face.rawValue), by \(context.caller.name)", isTest: isTest)
        request.version = stored.version
        self.request = request
    }

    private static func checkTypes(_ stored: StoredDefinition, _ workflows: WorkflowServices) throws {
        let unknown = workflows.steps.unknownTypes(of: try workflows.plan(stored).definition)
        guard unknown.isEmpty else {
            throw CommandProblem.invalid([
                FieldFault("test_mode", "must be true: nobody here does \(unknown.joined(separator: ", "))")
            ])
        }
    }

    func answer() async throws -> Value {
        let outcome = try await WorkflowAsking(context).send(.start(request))
        if waits, outcome == .done { try await waitForEnd() }
        let run = try workflows.journal.summary(of: request.run)
        let execution = try run.flatMap { waits ? try workflows.runValue($0) : nil }
        return [
            "success": true, "execution_id": .text(request.run.text), "workflow_id": .text(stored.name),
            "workflow_name": .text(stored.name), "version": Value(stored.version),
            "status": .text(run.map { $0.outcome?.status.rawValue ?? "running" } ?? "queued"),
            "started_at": Value(run?.started), "requested_at": Value(context.time),
            "test_mode": .boolean(request.isTest), "served": .boolean(workflows.holder() != nil),
            "execution": execution ?? .null,
        ]
    }

    private func waitForEnd() async throws {
        let time = context.services.time
        let deadline = time.now + workflows.patience
        while time.now < deadline, try workflows.journal.summary(of: request.run)?.outcome == nil {
            try await time.sleep(for: .milliseconds(20))
        }
    }
}
