import TradingDesk
import WorkflowEngine
import WorkflowModel

/// An event of a run as answers have it.
enum EventAnswer {
    static let schema = ValueSchema.named(
        "RunEvent",
        .object([
            .init("number", .integer, "Its place"), .init("timestamp", .time),
            .init("event", .choice(EventRecord.names)), .init("execution_id", .text),
            .init("subject", .text.orNull, "The step or stage; null for the run as a whole"),
            .init("detail", .text.orNull, "In words"),
            .init("workflow_id", .text, isRequired: false), .init("version", .integer, isRequired: false),
            .init("trigger", .text.orNull, isRequired: false), .init("input", .any, isRequired: false),
            .init("test_mode", .boolean, isRequired: false), .init("status", .text, isRequired: false),
            .init("reason", .text.orNull, isRequired: false), .init("errors", .list(.anyObject), isRequired: false),
            .init("stage", .text, isRequired: false), .init("round", .integer, isRequired: false),
            .init("step", .text, isRequired: false), .init("attempt", .integer, isRequired: false),
            .init("result", .any, isRequired: false), .init("cached", .boolean, isRequired: false),
            .init("code", .text, isRequired: false), .init("error", .text, isRequired: false),
            .init("retryable", .boolean, isRequired: false), .init("at", .time, isRequired: false),
            .init("timeout_factor", .number, isRequired: false),
        ]))

    static func value(_ event: RunEvent, of run: RunID, number: Int64) -> Value {
        let value = EventRecord.value(event, of: run)
        let subject = value["step"] ?? value["stage"] ?? .null
        return value.adding(["number": Value(number), "subject": subject, "detail": Value(detail(value))])
    }

    private static func detail(_ value: Value) -> String? {
        for name in ["error", "reason", "status", "trigger"] {
            if let text = value[name]?.text { return text }
        }
        return nil
    }
}

extension EventAnswer {
    /// An event among those of all runs.
    static let itemSchema = ValueSchema.named(
        "WorkflowEvent",
        .object([
            .init("number", .integer, "Its place among all events"), .init("time", .time),
            .init("event", .choice(EventRecord.names)), .init("run", .text), .init("workflow", .text.orNull),
            .init("subject", .text.orNull, "The step or stage"), .init("detail", .any),
        ]))

    static func item(_ entry: NumberedEvent, _ journal: any Journal) throws -> Value {
        let value = EventRecord.value(entry.event, of: entry.run)
        let known = ["timestamp", "event", "execution_id", "step", "stage"]
        return [
            "number": Value(entry.number), "time": Value(entry.event.time), "event": value.field("event"),
            "run": .text(entry.run.text), "workflow": Value(try journal.summary(of: entry.run)?.header.workflow),
            "subject": value["step"] ?? value["stage"] ?? .null,
            "detail": .object((value.fields ?? [:]).filter { !known.contains($0.key) }),
        ]
    }
}
