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

    private static let after = Field<Int>.integer(
        "after", 0...Int.max, "Only what came after this number, the oldest first; else the newest there are"
    ).optional
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
        let count = try arguments[count]
        let last = try context.services.workflows.lastEvent?() ?? 0
        let start = try arguments[after].map(Int64.init) ?? max(0, last - Int64(count))
        let found = try events(start, count)
        return [
            "items": .list(try found.map { try EventAnswer.item($0, context.services.workflows.journal) }),
            "last": Value(found.last?.number ?? start),
        ]
    }

    private static let level = Field<String>.choice(
        "level", ["trace", "debug", "info", "notice", "warning", "error"], "At least so important"
    ).or("info")

    private static let log = DeskCommand(
        "log", "Log records of the process after a number, oldest first", .read, at: .get("/api/log"), tool: "log",
        takes: [after.description, level.description, count.description], answers: numbered(LogAnswer.schema)
    ) { arguments, context in
        let (start, count) = (try arguments[after].map(Int64.init), try arguments[count])
        // What a process keeps of its log is bounded, so that its end can be taken from the whole.
        let found = context.services.system.log(
            after: start ?? 0, level: try arguments[level], limit: start == nil ? .max : count)
        return [
            "items": .list(found.suffix(count).map(LogAnswer.item)),
            "last": Value(found.last?["sequence"]?.integer ?? start ?? 0),
        ]
    }

    private static let settings = DeskCommand(
        "settings", "The settings in force, without secrets", .read, at: .get("/api/settings"),
        answers: .object([.init("items", .list(SettingAnswer.schema))])
    ) { _, context in
        ["items": .list((try context.services.system.settings().list ?? []).map(SettingAnswer.item))]
    }
}
