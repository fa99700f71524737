import DeskCommands
import WorkflowModel

extension SampleDesk {
    private static let workflow = ValueSchema.object([.init("name", .text), .init("about", .text)])
    private static let backtest = ValueSchema.object([
        .init("id", .text(.init(format: "id"))), .init("state", .choice(["running", "done", "cancelled"])),
        .init("progress", .number(0...1)),
    ])
    private static let limit = Field<Int>.integer("limit", 1...500, "How many").or(50).description
    private static let cursor = Field<String>.text("cursor", "Where to go on").optional.description
    private static let id = Field<String>.text("id", "Its name").description
    private static let reason = Field<String>.text("reason", "Why").description

    /// What the sample desk can do.
    static let commands: [DeskCommand] = [
        DeskCommand(
            "status", "How the desk stands", .read, at: .get("/api/status"), tool: "desk_status",
            answers: .object([
                .init("mode", .choice(["paper", "live"])), .init("simulated", .boolean), .init("state", .text),
            ]), perform: none),
        DeskCommand(
            "workflows.list", "The workflows there are", .read, at: .get("/api/workflows"), tool: "workflow_list",
            takes: [limit, cursor], answers: .page(of: workflow), perform: none),
        DeskCommand(
            "workflows.show", "A workflow", .read, at: .get("/api/workflows/{name}"), tool: "workflow_status",
            takes: [Field<String>.text("name", "Its name").description], answers: workflow, perform: none),
        DeskCommand(
            "workflows.create", "Make a workflow", .research, at: .post("/api/workflows"), tool: "workflow_create",
            takes: [Field<Value>.object("definition", "The definition").description], answers: workflow, perform: none),
        DeskCommand(
            "orders.place", "Place an order", .trade, at: .post("/api/orders"), tool: "order_place",
            takes: [
                Field<String>.text("symbol", "What to trade").description,
                Field<Double>.number("quantity", 0...1_000_000, "How much").description,
            ], answers: .object([.init("id", .text), .init("state", .text)]), perform: none),
        DeskCommand(
            "desk.resume", "Allow entries again", .trade, at: .post("/api/desk/resume"), tool: "desk_resume",
            takes: [reason], answers: .object([.init("state", .text)]), confirmation: .fromModels, perform: none),
        DeskCommand(
            "events", "What happened", .read, at: .get("/api/events"), tool: "events", takes: [limit, cursor],
            answers: .page(of: .object([.init("number", .integer), .init("text", .text)])), perform: none),
        DeskCommand(
            "log", "The log", .read, at: .get("/api/log"), tool: "log",
            answers: .object([.init("items", .list(.text))]), perform: none),
        DeskCommand(
            "backtests.run", "Begin a backtest", .research, at: .post("/api/backtests"), tool: "backtest",
            answers: backtest, perform: none),
        DeskCommand(
            "backtests.show", "A backtest", .read, at: .get("/api/backtests/{id}"), tool: "backtest_report",
            takes: [id], answers: backtest, perform: none),
        DeskCommand(
            "backtests.cancel", "End a backtest", .research, at: .delete("/api/backtests/{id}"),
            tool: "backtest_cancel", takes: [id], answers: .object([.init("cancelled", .boolean)]), perform: none),
        DeskCommand(
            "keys.create", "Make a key", .administer, at: .post("/api/keys"), answers: .anyObject, perform: none),
    ]

    private static let none: DeskCommand.Action = { _, _ in .null }
}
