import TaskQueues
import WorkflowModel

/// Queues of messages.
enum QueueCommands {
    static let all = [list, status, messages, create, send, redrive, purge]

    private static let list = DeskCommand(
        "queues.list", "How every queue stands", .read, at: .get("/api/queues"), tool: "queues",
        takes: PageRequest.fields, answers: .page(of: QueueAnswer.statusSchema)
    ) { arguments, context in
        let report = try context.services.workflows.queues.status(of: nil, including: nil, at: context.time)
        return try PageRequest("queues", arguments).slice(of: report.queues.map { try Value(coding: $0) }, by: ["name"])
    }

    private static let someQueue = Field<String>.text("queue_name", "A queue, else all").optional
    private static let including = Field<Bool>.flag("include_messages", "The oldest messages of each, too")

    private static let status = DeskCommand(
        "queues.status", "How a queue stands, or all of them, with totals", .read, at: .get("/api/queue-status"),
        tool: "workflow_queue_status", takes: [someQueue.description, including.description],
        answers: QueueAnswer.reportSchema
    ) { arguments, context in
        try QueueWork(context).status(try arguments[someQueue], messages: try arguments[including])
    }

    static let name = Field<String>.text("name", "A queue's name")
    private static let dead = Field<Bool>.flag("dead", "The dead letters of this queue in place of what waits")

    private static let messages = DeskCommand(
        "queues.messages", "The oldest messages of a queue, without handing them out", .read,
        at: .get("/api/queues/{name}/messages"), tool: "queue_messages",
        takes: [name.description, dead.description] + PageRequest.fields,
        answers: .page(of: QueueAnswer.messageSchema)
    ) { arguments, context in
        try QueueWork(context).messages(
            try arguments[name], areDead: try arguments[dead], PageRequest("messages", arguments))
    }

    private static let create = DeskCommand(
        "queues.create", "Make a queue; one that is there gets other settings from an administrator only", .research,
        at: .post("/api/queues"), tool: "queue_create", takes: [name.description] + QueueMaking.fields,
        answers: QueueMaking.schema
    ) { arguments, context in
        try QueueMaking(arguments, named: try arguments[name]).answer(context)
    }

    private static let body = Field<Value>.value("body", .any, "What it holds; what is no text is kept as JSON")
    private static let kind = Field<String>.text("type", "What it is: trade_signal, risk_alert…").or("message")
    private static let id = Field<String>.text("id", "Its name; a queue takes each name once").optional
    private static let key = Field<String>.text("ordering_key", "Messages of one key keep their order").optional
    private static let priority = Field<String>.choice(
        "priority", ["critical", "high", "medium", "low"], "How urgent it is"
    ).or("medium")

    private static let send = DeskCommand(
        "queues.send", "Put a message on a queue; one that is full refuses it", .research,
        at: .post("/api/queues/{name}/messages"), tool: "queue_send",
        takes: [
            name.description, body.description, kind.description, id.description, key.description,
            priority.description,
        ],
        answers: .object([
            .init("queue", .text), .init("id", .text), .init("result", .choice(["accepted", "duplicate"])),
        ])
    ) { arguments, context in
        let message = NewMessage(
            MessageID(try arguments[id] ?? context.name(after: "sent")), kind: try arguments[kind],
            body: try QueueWork.bytes(of: try arguments[body]), key: try arguments[key],
            priority: Priority(name: try arguments[priority]) ?? .medium)
        return try QueueWork(context).send(message, to: try arguments[name])
    }

    private static let numbers = Field<Value>.value(
        "numbers", .list(.integer(1...Int.max), upTo: 10_000), "Only the messages of these numbers, else all"
    ).optional
    private static let counted = ValueSchema.object([.init("queue", .text), .init("messages", .integer, "How many")])

    private static let redrive = DeskCommand(
        "queues.redrive", "Send dead letters back to where they were", .research,
        at: .post("/api/queues/{name}/redrive"), tool: "queue_redrive",
        takes: [name.description, numbers.description], answers: counted
    ) { arguments, context in
        try QueueWork(context).redrive(try arguments[name], try arguments[numbers])
    }

    private static let purge = DeskCommand(
        "queues.purge", "Remove messages that nobody has at the moment; they cannot be brought back", .administer,
        at: .post("/api/queues/{name}/purge"), takes: [name.description, numbers.description], answers: counted
    ) { arguments, context in
        try QueueWork(context).purge(try arguments[name], try arguments[numbers])
    }
}
