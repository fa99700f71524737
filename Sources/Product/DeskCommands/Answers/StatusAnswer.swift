import Determinism
import TradingDesk
import TradingModel
import WorkflowModel

/// How the desk and its workflows stand.
enum StatusAnswer {
    static let schema = ValueSchema.named("Status", .object(deskProperties + workProperties))

    private static let deskProperties: [ValueSchema.Property] = [
        .init("mode", .choice(["paper", "live"])), .init("simulated", .boolean.orNull, "Whether prices are made up"),
        .init("version", .text), .init("currency", .text), .init("run", .text.orNull),
        .init("state", .choice(["running", "stopped", "finished", "none"])),
        .init("process", .integer.orNull, "The process that runs the desk"), .init("started_at", .time.orNull),
        .init("uptime_seconds", .number.orNull), .init("market_time", .time.orNull),
        .init("speed", .number.orNull, "How fast the market's time passes; null for without waiting"),
        .init("bars", .integer), .init("trading", DeskPicture.tradingSchema.orNull),
        .init("counts", .map(.integer), "What was counted so far"),
        .init("pending_requests", .list(ReceiptAnswer.receiptSchema), "Asked and not obeyed yet"),
        .init("needs_person", .list(NeedsPerson.schema), "What waits for a person"),
        .init(
            "audit_head", ValueSchema.object([.init("sequence", .integer), .init("hash", .text)]).orNull,
            "Where the record ends"),
    ]

    /// Row by row what the report on the engine says.
    static let workProperties: [ValueSchema.Property] = [
        .init("system_running", .boolean, "Whether a process serves the workflows"),
        .init("startup_time", .time.orNull, "When it began to"),
        .init(
            "agents",
            .object([
                .init("total", .integer, "Named by the kept workflows"),
                .init(
                    "healthy", .integer.orNull,
                    "Did their newest task without an error; null where none of them did any yet"),
                .init("failing", .list(.text), "Whose newest task failed or took too long"),
                .init("names", .list(.text)),
            ])),
        .init("workflow_engine", .map(.integer), "Active, completed and failed executions"),
        .init(
            "statistics",
            .object([
                .init("workflows_executed", .integer), .init("total_tasks_completed", .integer),
                .init("average_task_duration", .number.orNull, "Seconds"), .init("success_rate", .number.orNull),
            ])),
    ]

    static func value(_ services: DeskServices, at time: Timestamp) throws -> Value {
        let picture = try services.desk.picture()
        let report = try services.workflows.systemReport(at: time).value
        // Where no desk runs, the process that serves the workflows is what is up.
        let uptime = services.desk.started == nil ? ["uptime_seconds": report.field("uptime_seconds")] : [:]
        let needs = try NeedsPerson(services, picture, at: time).items()
        return try desk(services, picture, at: time).adding([
            "needs_person": .list(needs), "system_running": report.field("system_running"),
            "startup_time": report.field("startup_time"), "agents": report.field("agents"),
            "workflow_engine": report.field("workflow_engine"), "statistics": report.field("statistics"),
        ]).adding(uptime)
    }

    private static func desk(_ services: DeskServices, _ picture: DeskPicture?, at time: Timestamp) throws -> Value {
        let desk = services.desk
        return [
            "mode": "paper", "simulated": Value(picture?.plan.isSimulated), "version": .text(services.system.version),
            "currency": "USD", "run": Value(picture?.run),
            "state": .text(picture?.activity.rawValue ?? "none"), "process": Value(desk.process.map(Int64.init)),
            "started_at": Value(desk.started), "uptime_seconds": Value(seconds: desk.started.map { time - $0 }),
            "market_time": Value(picture?.time), "speed": Value(desk.speed), "bars": Value(picture?.counts.bars ?? 0),
            "trading": picture?.tradingValue ?? .null, "counts": picture.map(counts) ?? [:],
            "pending_requests": .list(try desk.pending().map(ReceiptAnswer.value)),
            "audit_head": head(try services.archive.head()),
        ]
    }

    static func head(_ head: (sequence: Int64, hash: String)?) -> Value {
        head.map { ["sequence": Value($0.sequence), "hash": .text($0.hash)] } ?? .null
    }

    private static func counts(_ picture: DeskPicture) -> Value {
        let counts = picture.counts
        return [
            "moments": Value(picture.moments), "bars": Value(counts.bars),
            "recommendations": Value(counts.recommendations), "orders": Value(counts.orders),
            "fills": Value(counts.fills), "refusals": Value(counts.refusals), "runs": Value(counts.runs),
            "instruments": Value(picture.plan.universe.count), "positions": Value(picture.positions.count),
            "open_orders": Value(picture.openOrders.count),
        ]
    }
}
