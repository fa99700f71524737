import WorkflowModel

/// What starts workflows without a person.
enum TriggerCommands {
    static let all = [list, pause, resume]

    private static let workflow = Field<String>.text("workflow", "Only of this workflow").optional

    private static let list = DeskCommand(
        "triggers.list", "Triggers of every workflow: when they looked, fired, and why not", .read,
        at: .get("/api/triggers"), tool: "triggers", takes: [workflow.description] + PageRequest.fields,
        answers: .page(of: TriggerAnswer.itemSchema)
    ) { arguments, context in
        let items = try TriggerList(context.services.workflows, at: context.time).items(try arguments[workflow])
        return try PageRequest("triggers", arguments).slice(of: items, by: ["workflow_id", "name"])
    }

    private static let trigger = Field<String>.text("trigger", "Only this one, else all of the workflow").optional

    private static let answer = ValueSchema.object([
        .init("workflow_id", .text), .init("status", .choice(RunRequestAnswer.states)), .init("served", .boolean),
        .init("triggers", .list(TriggerAnswer.schema)),
    ])

    private static let pause = command("pause", "Keep a workflow's triggers from firing", isPaused: true)
    private static let resume = command("resume", "Let a workflow's triggers fire again", isPaused: false)

    private static func command(_ word: String, _ summary: String, isPaused: Bool) -> DeskCommand {
        DeskCommand(
            "triggers.\(word)", summary, .research, at: .post("/api/triggers/{workflow_id}/\(word)"),
            tool: "trigger_\(word)", takes: [WorkflowCommands.workflowID.description, trigger.description],
            answers: answer
        ) { arguments, context in
            try await TriggerList(context.services.workflows, at: context.time).set(
                isPaused, try arguments[WorkflowCommands.workflowID], try arguments[trigger], context)
        }
    }
}
