import Configuration
import Determinism
import Foundation
import TaskQueues
import TradingDesk
import WorkflowModel
import WorkflowStore

/// `bellwether queue`: the home's message queues.
enum QueueCommand {
    private static let name = Argument.positional("queue", .text("QUEUE"), "A queue by its name")
    private static let names = Argument.repeatedPositional(
        "queues", .text("QUEUE"), isRequired: false, "Queues by their names, else all")
    private static let messages = Argument.flag("messages", "Include the oldest messages")
    private static let limit = Argument.option("limit", .integer(1...100_000), default: 20, "Most messages to show")

    static let command = Command(
        group: "queue", "List, look into, empty and refill message queues",
        [list, status, create, peek, send, redrive, purge])

    private static let list = Command(
        "list", "List the queues and their settings", examples: [.init("bellwether queue list", "A table")]
    ) { call in
        let home = try WorkflowHome(call, .look)
        var table = Table([
            .text("queue"), .text("order"), .number("retries"), .text("visibility"), .text("kept"), .number("batch"),
            .text("duplicates"), .text("dead letters"),
        ])
        for queue in try home.queues.queues() {
            let settings = try home.queues.settings(of: queue)
            if call.console.isJSON {
                try JSONLines(call.console.output).write(ListedQueue(QueueDefinition(queue, settings)))
            }
            let kept = settings.messageRetention.map { NumberText.span($0) } ?? "for good"
            let deadLetters = settings.deadLetterQueue?.text ?? "-"
            table.add([
                "\(queue)", "\(settings.ordering.rawValue)", "\(settings.maxRetries)",
                "\(NumberText.span(settings.visibilityTimeout))", "\(kept)", "\(settings.batchSize)",
                "\(settings.deduplication ? "removed" : "kept")", "\(deadLetters)",
            ])
        }
        guard !call.console.isJSON else { return .done }
        try call.console.print(table.lines(width: call.console.profile.width, style: call.console.style))
        return .done
    }

    private static let status = Command(
        "status", "How queues stand, computed from what happened to their messages",
        takes: [names.parameter, messages.parameter, limit.parameter],
        examples: [
            .init("bellwether queue status", "All queues"),
            .init("bellwether queue status dead-letter-queue --messages --json", "With messages, for a program"),
        ]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let wanted = try call.arguments[names].map { QueueName($0) }
        let including = try call.arguments[messages] ? try call.arguments[limit] : nil
        let report = try home.queues.status(
            of: wanted.isEmpty ? nil : wanted, including: including, at: home.time.now)
        guard !call.console.isJSON else {
            try JSONLines(call.console.output).write(report)
            return .done
        }
        try call.console.print(QueuePage.lines(report, call.console))
        return .done
    }

    private static let file = Argument.positional("file", .path, "A YAML or JSON file with a queue's name and settings")

    private static let create = Command(
        "create", "Make a queue from a file, or change the settings of one", takes: [file.parameter],
        examples: [.init("bellwether queue create examples/queues/hft-queue.yaml", "The settings of a fast queue")]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let definition = try QueueFile.definition(try call.arguments[file])
        try home.queues.createQueue(definition.name, definition.settings, at: home.time.now)
        try call.console.isJSON
            ? JSONLines(call.console.output).write(ListedQueue(definition))
            : call.console.print("the queue '\(definition.name)' is there")
        return .done
    }

    private static let peek = Command(
        "peek", "Show the oldest messages without handing them out", takes: [name.parameter, limit.parameter],
        examples: [.init("bellwether queue peek dead-letter-queue --limit 5", "Five dead letters")]
    ) { call in
        let home = try WorkflowHome(call, .look)
        let found = try home.queues.peek(
            QueueName(try call.arguments[name]), limit: try call.arguments[limit], at: home.time.now)
        guard !call.console.isJSON else {
            for message in found { try JSONLines(call.console.output).write(message) }
            return .done
        }
        try call.console.print(QueuePage.lines(found, call.console))
        return .done
    }

    private static let body = Argument.positional(
        "body", .text("TEXT|@FILE"), "What it holds; @ and a file reads it there")
    private static let kind = Argument.option(
        "type", .text, default: "message", "What it is, for whoever handles it: trade_signal, risk_alert…")
    private static let id = Argument.option("id", .text, "Its name; a queue takes each name once")
    private static let key = Argument.option("key", .text, "Messages of one key keep their order")
    private static let urgency = Argument.option(
        "priority", .oneOf(Urgency.self, "PRIORITY"), default: .medium, "How urgent it is")

    private enum Urgency: String, Sendable, CaseIterable {
        case critical, high, medium, low
    }

    private static let send = Command(
        "send", "Put a message on a queue; a queue that is full refuses it",
        takes: [
            name.parameter, body.parameter, kind.parameter, id.parameter, key.parameter, urgency.parameter,
        ],
        examples: [
            .init(
                "bellwether queue send risk-alerts '{\"symbol\":\"AAPL\"}' --type risk_alert --priority high",
                "An alert")
        ]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let now = home.time.now
        let text = try call.arguments[body]
        let bytes =
            text.hasPrefix("@")
            ? try WorkflowSource.bytes(of: String(text.dropFirst()), limit: 1 << 20) : Array(text.utf8)
        let name = MessageID(try call.arguments[id] ?? "sent-\(now.nanoseconds)")
        let message = NewMessage(
            name, kind: try call.arguments[kind], body: bytes, key: try call.arguments[key],
            priority: Priority(name: try call.arguments[urgency].rawValue) ?? .medium)
        let queue = QueueName(try call.arguments[QueueCommand.name])
        let taken = try home.queues.enqueue([message], to: queue, at: now).first == .accepted
        try call.console.isJSON
            ? call.console.print([
                "type": "sent", "queue": .text(queue.text), "id": .text(name.text),
                "result": .text(taken ? "accepted" : "duplicate"),
            ])
            : call.console.print(
                taken ? "\(name) is on \(queue)" : "\(name) was on \(queue) before; nothing was added")
        return .done
    }

    private static let numbers = Argument.repeatedOption(
        "number", .integer(1...Int.max), "Only the message of this number, see 'peek'; may be repeated")

    private static let redrive = Command(
        "redrive", "Send dead letters back to where they were", takes: [name.parameter, numbers.parameter],
        examples: [.init("bellwether queue redrive dead-letter-queue", "All of them")]
    ) { call in
        let home = try WorkflowHome(call, .change)
        let queue = QueueName(try call.arguments[name])
        let count = try home.queues.redrive(try selection(call), from: queue, at: home.time.now)
        try call.console.isJSON
            ? call.console.print(["type": "redriven", "queue": .text(queue.text), "messages": .integer(count)])
            : call.console.print("\(CountText.of(count, "message")) of \(queue) sent back to where they were")
        let isAsked = try !call.arguments[numbers].isEmpty
        return isAsked && count == 0 ? .failed : .done
    }

    private static let yes = Argument.flag("yes", "Do not ask: they cannot be brought back")

    private static let purge = Command(
        "purge", "Remove messages that nobody has at the moment; asks for --yes",
        takes: [name.parameter, numbers.parameter, yes.parameter],
        examples: [.init("bellwether queue purge dead-letter-queue --yes", "Remove all dead letters")]
    ) { call in
        let queue = QueueName(try call.arguments[name])
        guard try call.arguments[yes] else {
            let home = try WorkflowHome(call, .look)
            let status = try home.queues.status(of: [queue], including: nil, at: home.time.now)
            throw UsageError(
                "\(CountText.of(status.totalMessages, "message")) of '\(queue)' would be removed for good; give --yes to do so"
            )
        }
        let home = try WorkflowHome(call, .change)
        let count = try home.queues.purge(queue, try selection(call), at: home.time.now)
        try call.console.isJSON
            ? call.console.print(["type": "purged", "queue": .text(queue.text), "messages": .integer(count)])
            : call.console.print("\(CountText.of(count, "message")) of \(queue) removed")
        return .done
    }

    private static func selection(_ call: Invocation) throws -> MessageSelection {
        let numbers = try call.arguments[numbers]
        return numbers.isEmpty ? .all : .numbers(numbers.map(Int64.init))
    }
}

/// A queue's settings with a `type` for programs.
private struct ListedQueue: Encodable {
    let definition: QueueDefinition

    init(_ definition: QueueDefinition) {
        self.definition = definition
    }

    private enum CodingKeys: CodingKey {
        case type
    }

    func encode(to encoder: any Encoder) throws {
        try definition.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("queue", forKey: .type)
    }
}
