import WorkflowModel

/// Data, events, the log and settings.
enum SystemCommands {
    static let all = [data, events, log, settings]

    private static let data = DeskCommand(
        "data.list", "Imported bars: what there is of each symbol", .read, at: .get("/api/data"), tool: "data_list",
        takes: PageRequest.fields, answers: .page(of: DataAnswer.schema)
    ) { arguments, context in
        let items = try context.services.system.data().list ?? []
        return try PageRequest("data", arguments).slice(of: items.map(DataAnswer.item), by: ["symbol", "bar_length"])
    }

    private static let after = Field<Int>.integer("after", 0...Int.max, "Only what came after this number").or(0)
    private static let count = Field<Int>.integer("limit", 1...500, "How many at most").or(50)

    private static func numbered(_ item: ValueSchema) -> ValueSchema {
        .object([
            .init("items", .list(item), "Oldest first"),
            .init("last", .integer, "The last number here, or after: ask on from it"),
        ])
    }

    private static let events = DeskCommand(
        "events", "What happened in runs of workflows after a number, oldest first", .read, at: .get("/api/events"),
        tool: "events", takes: [after.description, count.description], answers: numbered(EventAnswer.itemSchema)
    ) { arguments, context in
        guard let events = context.services.workflows.events else {
            throw CommandProblem(.unavailable, "events of runs are not numbered here")
        }
        let start = try arguments[after]
        let found = try events(Int64(start), try arguments[count])
        return [
            "items": .list(try found.map { try EventAnswer.item($0, context.services.workflows.journal) }),
            "last": Value(found.last?.number ?? Int64(start)),
        ]
    }

    private static let level = Field<String>.choice(
        "level", ["trace", "debug", "info", "notice", "warning", "error"], "At least so important"
    ).or("info")

    private static let log = DeskCommand(
        "log", "Log records of the process after a number, oldest first", .read, at: .get("/api/log"), tool: "log",
        takes: [after.description, level.description, count.description], answers: numbered(LogAnswer.schema)
    ) { arguments, context in
        let start = try arguments[after]
        let found = context.services.system.log(
            after: Int64(start), level: try arguments[level], limit: try arguments[count])
        return [
            "items": .list(found.map(LogAnswer.item)),
            "last": Value(found.last?["sequence"]?.integer ?? Int64(start)),
        ]
    }

    private static let settings = DeskCommand(
        "settings", "The settings in force, without secrets", .read, at: .get("/api/settings"),
        answers: .object([.init("items", .list(SettingAnswer.schema))])
    ) { _, context in
        ["items": .list((try context.services.system.settings().list ?? []).map(SettingAnswer.item))]
    }
}
