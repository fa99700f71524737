import WorkflowModel

/// Definitions of workflows.
enum WorkflowCommands {
    static let all = [list, show, status, graph, create, check, update, run, audit, assign]

    static let workflowID = Field<String>.text("workflow_id", "A workflow's name")
    private static let note = Field<String>.text("note", "What it is about, kept with the version", upTo: 500).or("")

    private static let state = Field<String>.choice("status", ["active", "all"], "Which").or("all")
    private static let offset = Field<Int>.integer("offset", 0...1_000_000, "How many to leave out").or(0)

    private static let list = DeskCommand(
        "workflows.list", "The workflows that are kept, by name", .read, at: .get("/api/workflows"),
        tool: "workflow_list", takes: [state.description, offset.description] + PageRequest.fields,
        answers: .page(of: WorkflowAnswer.schema)
    ) { arguments, context in
        let items = try WorkflowList(context.services.workflows).items()
        return try PageRequest("workflows", arguments).slice(
            of: Array(items.dropFirst(try arguments[offset])), by: ["workflow_id"])
    }

    private static let version = Field<Int>.integer("version", 1...1_000_000, "Which version, else the newest").optional

    private static let show = DeskCommand(
        "workflows.show", "A workflow with its document, versions and triggers", .read,
        at: .get("/api/workflows/{workflow_id}"), tool: "workflow_show",
        takes: [workflowID.description, version.description], answers: WorkflowAnswer.fullSchema
    ) { arguments, context in
        let workflows = context.services.workflows
        let stored = try workflows.definition(try arguments[workflowID], version: try arguments[version])
        return try WorkflowList(workflows).full(stored, at: context.time)
    }

    private static let someWorkflow = Field<String>.text("workflow_id", "A workflow's name").optional
    private static let someRun = Field<String>.text("execution_id", "A run's name").optional
    private static let metrics = Field<Bool>.flag("include_metrics", "What its runs of the last day came to, too")

    private static let status = DeskCommand(
        "workflows.status", "How a workflow with its triggers, a run, or the engine stands", .read,
        at: .get("/api/workflow-status"), tool: "workflow_status",
        takes: [someWorkflow.description, someRun.description, metrics.description],
        answers: WorkflowStatusAnswer.schema
    ) { arguments, context in
        try WorkflowStatusAnswer.value(
            workflow: try arguments[someWorkflow], run: try arguments[someRun], metrics: try arguments[metrics],
            context)
    }

    private static let shownRun = Field<String>.text("run", "Whose states to show, else the latest open run").optional

    private static let graph = DeskCommand(
        "workflows.graph", "What waits for what in a workflow, and where a run has it", .read,
        at: .get("/api/workflows/{workflow_id}/graph"), tool: "workflow_graph",
        takes: [workflowID.description, version.description, shownRun.description], answers: GraphAnswer.schema
    ) { arguments, context in
        try WorkflowList(context.services.workflows).graph(
            try arguments[workflowID], version: try arguments[version], run: try arguments[shownRun])
    }

    private static let create = DeskCommand(
        "workflows.create", "Keep a workflow, given as steps or as a document", .research,
        at: .post("/api/workflows"), tool: "workflow_create", takes: WorkflowDraft.fields + [note.description],
        answers: WorkflowAnswer.changedSchema
    ) { arguments, context in
        try WorkflowChange(context).create(WorkflowDraft(arguments), note: try arguments[note])
    }

    private static let check = DeskCommand(
        "workflows.check", "Tell everything that is wrong with a workflow, and keep nothing", .read,
        at: .post("/api/workflows/check"), tool: "workflow_check", takes: WorkflowDraft.fields,
        answers: .object([.init("valid", .boolean), .init("workflows", .list(.text), "Their names")])
    ) { arguments, context in try WorkflowChange(context).check(WorkflowDraft(arguments)) }

    private static let updates = Field<Value>.object(
        "updates", "What to change: {\"steps[2].params.threshold\": 0.9}")

    private static let update = DeskCommand(
        "workflows.update", "Make a new version of a workflow; runs in flight keep theirs", .research,
        at: .patch("/api/workflows/{workflow_id}"), tool: "workflow_update",
        takes: [workflowID.description, updates.description, note.description],
        answers: WorkflowAnswer.changedSchema
    ) { arguments, context in
        try WorkflowChange(context).update(
            try arguments[workflowID], try arguments[updates].fields ?? [:], note: try arguments[note])
    }

    private static let run = DeskCommand(
        "workflows.run", "Run a workflow; in test mode nothing has an effect on a venue", .research,
        at: .post("/api/workflows/{workflow_id}/runs"), tool: "workflow_execute",
        takes: [workflowID.description] + RunStart.fields + [version.description], answers: RunStart.schema
    ) { arguments, context in
        try await RunStart(
            try arguments[workflowID], version: try arguments[version], arguments, context
        ).answer()
    }

    private static let count = Field<Int>.integer("limit", 1...500, "How many events at most").or(50)
    private static let start = Field<String>.text("start_time", "Only what happened since, ISO 8601", upTo: 40).optional

    private static let audit = DeskCommand(
        "workflows.audit", "What happened in the runs of a workflow, oldest first", .read,
        at: .get("/api/workflows/{workflow_id}/audit"), tool: "workflow_audit_trail",
        takes: [workflowID.description, count.description, start.description], answers: WorkflowTrail.schema
    ) { arguments, context in
        try WorkflowTrail(workflow: try arguments[workflowID], limit: try arguments[count])
            .value(context.services.workflows, since: try arguments[start])
    }

    private static let assign = DeskCommand(
        "workflows.assign", "Say which agent does a step; makes a new version", .research,
        at: .post("/api/workflows/{workflow_id}/agents"), tool: "workflow_agent_assign",
        takes: [workflowID.description] + AgentAssignment.fields, answers: AgentAssignment.schema
    ) { arguments, context in
        try AgentAssignment(workflow: try arguments[workflowID], arguments).make(context)
    }
}
