import Configuration
import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel
import WorkflowStore

extension WorkflowCommand {
    private static let reason = Argument.option("reason", .text, default: "asked for by hand", "Why, for the record")

    static let cancel = Command(
        "cancel", "End a run early; what it has done is undone where its workflow says how",
        discussion: "Waits for the run's end and shows what it came to.",
        takes: [runArgument.parameter, reason.parameter],
        examples: [.init("bellwether workflow cancel trading-saga-1 --reason \"wrong symbol\"", "End a run")]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let run = try open(home, call)
        let why = "\(try call.arguments[reason]) (asked by \(person(call)))"
        call.interruption.watch()
        let code = try await drive(.cancel(run.run, reason: why), run.run, home.plan(of: run).plan, home, call)
        let outcome = try home.journal.summary(of: run.run)?.outcome
        return outcome?.status == .cancelled ? .done : code
    }

    private static let step = Argument.positional("step", .text("STEP"), "The step that asks")
    private static let reject = Argument.flag("reject", "Say no")
    private static let comment = Argument.option("note", .text, default: "", "What there is to say to it")

    static let approve = Command(
        "approve", "Answer a step that waits for a person: yes, or no with --reject",
        takes: [runArgument.parameter, step.parameter, reject.parameter, comment.parameter],
        examples: [
            .init("bellwether workflow approve big-order-1 confirm --note \"as discussed\"", "Yes"),
            .init("bellwether workflow approve big-order-1 confirm --reject", "No"),
        ]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let run = try open(home, call)
        let isYes = try !call.arguments[reject]
        let approval = Approval(
            run: run.run, task: try call.arguments[step], isApproved: isYes, by: person(call),
            note: try call.arguments[comment])
        call.interruption.watch()
        let end = try await ask(.approve(approval), home, call)
        if case .refused(let why) = end { throw CommandFailure(why, code: "refused") }
        guard end == .reached else { return call.interruption.requested?.exitCode ?? .failed }
        let word = isYes ? "approved" : "rejected"
        try call.console.isJSON
            ? call.console.print([
                "type": "approval", "execution_id": .text(run.run.text), "step": .text(approval.task),
                "approved": .bool(isYes), "by": .text(approval.by),
            ])
            : call.console.print("\(approval.task) of \(run.run) is \(word) by \(approval.by)")
        if home.holder == nil, try home.journal.summary(of: run.run)?.outcome == nil {
            call.console.note("nobody serves this home; 'bellwether workflow serve' goes on with the run")
        }
        return .done
    }

    /// Leaves a request and waits for its answer.
    static func ask(_ request: WorkflowRequest, _ home: WorkflowHome, _ call: Invocation) async throws
        -> WorkflowWatch.End
    {
        let watch = try WorkflowWatch(home, for: .answer, SilentWatcher(), call)
        return try await watch.wait(request)
    }

    private static func open(_ home: WorkflowHome, _ call: Invocation) throws -> RunSummary {
        let run = try home.run(try call.arguments[runArgument])
        guard let outcome = run.outcome else { return run }
        throw CommandFailure("the run '\(run.run)' has ended: \(outcome.status.rawValue)", code: "ended")
    }

    private static let from = Argument.repeatedOption(
        "from", .text("STEP"), "A step that is done again, with everything that depends on it; may be repeated")
    private static let copy = Argument.option("as", .text("RUN"), "The new run's name")

    static let fork = Command(
        "fork", "Run a copy of a run that does some steps again and keeps the results of the others",
        discussion: "With --version the copy follows another version of the workflow.",
        takes: [runArgument.parameter, from.parameter, copy.parameter, version.parameter],
        examples: [.init("bellwether workflow fork trading-saga-1 --from place_order", "From an order on")]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let original = try home.run(try call.arguments[runArgument])
        let steps = try call.arguments[from]
        guard !steps.isEmpty else { throw UsageError("which step? give --from STEP") }
        let wanted = try call.arguments[version] ?? original.header.version
        let plan = try home.library.plan(home.library.definition(original.header.workflow, version: wanted))
        let name = RunID(try call.arguments[copy] ?? RunName.make("\(original.run)-fork", at: home.time.now))
        let request = WorkflowRequest.fork(original.run, as: name, from: steps, version: wanted)
        call.interruption.watch()
        return try await drive(request, name, plan, home, call)
    }
}
