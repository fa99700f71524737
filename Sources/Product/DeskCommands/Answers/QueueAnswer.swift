import Foundation
import TaskQueues
import WorkflowModel

/// Queues and messages as answers have them: what their coding writes.
enum QueueAnswer {
    static let statusSchema = ValueSchema.named(
        "Queue",
        .object([
            .init("name", .text), .init("messages_available", .integer), .init("messages_in_flight", .integer),
            .init("messages_delayed", .integer), .init("messages_held_back", .integer, "Behind one with the same key"),
            .init("oldest_message_age", .number.orNull, "Seconds; null where the queue is empty"),
            .init("dead_letters", .integer, "Given up, and not dealt with yet"),
            .init("processing_rate", .number, "Messages done a minute over the last five minutes"),
            .init("totals", .map(.integer), "What was counted since the queue was made"),
            .init("messages", .list(messageSchema), "The oldest ones, where they were asked for", isRequired: false),
        ]))

    static let messageSchema = ValueSchema.named(
        "Message",
        .object([
            .init("number", .integer, "Its place in the order of arrival"), .init("id", .text),
            .init("type", .text), .init("priority", .text), .init("ordering_key", .text, isRequired: false),
            .init("enqueued", .time), .init("not_before", .time), .init("attempts", .integer),
            .init("error", .text, "What its last attempt failed with", isRequired: false),
            .init("error_detail", .text, isRequired: false), .init("redrives", .integer),
            .init("reported", .boolean, isRequired: false),
            .init("origin", .anyObject, "Where it was before it was moved here", isRequired: false),
            .init("state", .choice(["available", "delayed", "held_back", "in_flight"])),
            .init("holder", .text, isRequired: false), .init("lease_expires", .time, isRequired: false),
            .init("body", .text, isRequired: false), .init("body_base64", .text, isRequired: false),
        ]))

    /// How queues stand, as the tool of that name answers.
    static let reportSchema = ValueSchema.named(
        "QueueReport",
        .object([
            .init("queues", .list(statusSchema)), .init("total_messages", .integer),
            .init("processing_rate", .number, "Messages done a minute"),
            .init("messages", .list(messageSchema), "Of the one queue that was named", isRequired: false),
        ]))
}
