import TradingDesk
import WorkflowEngine
import WorkflowModel

/// Runs of workflows.
enum RunCommands {
    static let all = [list, show, history, cancel, approve, fork]

    private static let workflow = Field<String>.text("workflow", "Only of this workflow").optional
    private static let status = Field<String>.choice(
        "status", ["running", "waiting"] + RunOutcome.Status.allCases.map(\.rawValue),
        "Only these; running is every run that has not ended, waiting those that ask a person or cannot be read"
    ).optional

    private static let list = DeskCommand(
        "runs.list", "Runs of workflows, newest first", .read, at: .get("/api/runs"), tool: "runs",
        takes: [workflow.description, status.description] + PageRequest.fields, answers: .page(of: RunAnswer.schema)
    ) { arguments, context in
        try RunList(
            workflows: context.services.workflows, workflow: try arguments[workflow], status: try arguments[status]
        ).page(PageRequest("runs", arguments))
    }

    static let executionID = Field<String>.text("execution_id", "A run's name")

    private static let show = DeskCommand(
        "runs.show", "One run with its tasks and results", .read, at: .get("/api/runs/{execution_id}"),
        tool: "run_status", takes: [executionID.description], answers: RunAnswer.fullSchema
    ) { arguments, context in
        let workflows = context.services.workflows
        return try workflows.runValue(workflows.run(try arguments[executionID]))
    }

    private static let history = DeskCommand(
        "runs.history", "Everything that happened in a run, oldest first", .read,
        at: .get("/api/runs/{execution_id}/history"), tool: "run_history", takes: [executionID.description],
        answers: .object([
            .init("execution_id", .text), .init("workflow_id", .text), .init("version", .integer),
            .init("events", .list(EventAnswer.schema)),
        ])
    ) { arguments, context in
        let workflows = context.services.workflows
        let run = try workflows.run(try arguments[executionID])
        let events = try workflows.journal.history(of: run.run)
        return HistoryAnswer.value(run, events)
    }

    private static let reason = Field<String>.text("reason", "Why, for the record", upTo: 500).or("asked for by hand")

    private static let cancel = DeskCommand(
        "runs.cancel", "End a run early; what it has done is undone where its workflow says how", .research,
        at: .post("/api/runs/{execution_id}/cancel"), tool: "run_cancel",
        takes: [executionID.description, reason.description], answers: RunRequestAnswer.schema
    ) { arguments, context in
        let run = try context.services.workflows.openRun(try arguments[executionID])
        try context.requireForEffect(of: run, "ending a run that is no test run")
        let why = "\(try arguments[reason]) (asked by \(context.caller.name))"
        return try await WorkflowAsking(context).ask(.cancel(run.run, reason: why), about: run.run)
    }

    private static let step = Field<String>.text("step", "The step that asks")
    private static let approved = Field<Bool>.flag("approved", "Yes or no").or(true)
    private static let comment = Field<String>.text("comment", "What there is to say to it", upTo: 500).or("")

    private static let approve = DeskCommand(
        "runs.approve", "Answer a step that asks a person", .trade, at: .post("/api/runs/{execution_id}/approve"),
        takes: [executionID.description, step.description, approved.description, comment.description],
        answers: RunRequestAnswer.schema
    ) { arguments, context in
        let run = try context.services.workflows.openRun(try arguments[executionID])
        let approval = Approval(
            run: run.run, task: try arguments[step], isApproved: try arguments[approved], by: context.caller.name,
            note: try arguments[comment])
        return try await WorkflowAsking(context).ask(.approve(approval), about: run.run)
    }

    private static let from = Field<[String]>.texts("from", "Steps that are done again, with what depends on them")
    private static let version = Field<Int>.integer("version", 1...1_000_000, "Another version to follow").optional

    private static let fork = DeskCommand(
        "runs.fork", "Run a copy of a run that does some steps again and keeps the other results", .research,
        at: .post("/api/runs/{execution_id}/fork"), tool: "run_fork",
        takes: [executionID.description, from.description, version.description], answers: RunRequestAnswer.schema
    ) { arguments, context in
        let original = try context.services.workflows.run(try arguments[executionID])
        try context.requireForEffect(of: original, "doing again a run that is no test run")
        let copy = RunID(context.name(after: "\(original.run)-fork"))
        return try await WorkflowAsking(context).fork(
            original, as: copy, from: try arguments[from], version: try arguments[version])
    }
}

extension CommandContext {
    /// Whatever a run does to a venue asks for the right to trade.
    fileprivate func requireForEffect(of run: RunSummary, _ what: String) throws(CommandProblem) {
        if run.header.isTest != true { try require(.trade, what) }
    }
}
