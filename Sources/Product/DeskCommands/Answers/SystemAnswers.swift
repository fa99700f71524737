import WorkflowModel

/// Which parts of the process work.
enum HealthAnswer {
    static let schema = ValueSchema.named(
        "Health",
        .object([
            .init("status", .choice(["ok", "degraded", "failed"]), "The worst of its parts"),
            .init("components", .list(componentSchema)),
            .init("resources", resourcesSchema.orNull, "Null where nothing runs"), .init("version", .text),
        ]))

    private static let componentSchema = ValueSchema.object([
        .init("name", .text), .init("status", .choice(["ok", "degraded", "failed"])), .init("detail", .text.orNull),
        .init("checked_at", .time.orNull), .init("since", .time.orNull, "When it came to stand so"),
        .init("depends_on", .list(.text)), .init("latency_ms", .number.orNull),
    ])

    private static let resourcesSchema = ValueSchema.object([
        .init("memory_bytes", .integer.orNull), .init("cpu_share", .number.orNull),
        .init("disk_free_bytes", .integer.orNull), .init("open_files", .integer.orNull),
        .init("clients", .integer.orNull),
    ])

    static func value(_ system: any SystemSource) -> Value {
        let components = system.health().list ?? []
        let states = components.compactMap { $0["status"]?.text }
        let worst = ["failed", "degraded"].first { states.contains($0) } ?? "ok"
        return [
            "status": .text(worst), "components": .list(components.map(component)),
            "resources": resources(system.resources()), "version": .text(system.version),
        ]
    }

    private static func component(_ found: Value) -> Value {
        found.picking(["name", "status", "detail", "checked_at", "since", "latency_ms"])
            .adding(["depends_on": found["depends_on"] ?? []])
    }

    private static func resources(_ found: Value) -> Value {
        guard found.fields != nil else { return .null }
        return found.picking(["memory_bytes", "cpu_share", "disk_free_bytes", "open_files", "clients"])
    }
}

/// What there is of imported data.
enum DataAnswer {
    static let schema = ValueSchema.named(
        "DataSet",
        .object([
            .init("symbol", .text), .init("bar_length", .text), .init("from", .text.orNull), .init("to", .text.orNull),
            .init("bars", .integer), .init("simulated", .boolean),
        ]))

    static func item(_ found: Value) -> Value {
        found.picking(["symbol", "bar_length", "from", "to", "bars", "simulated"])
    }
}

/// A log record.
enum LogAnswer {
    static let schema = ValueSchema.named(
        "LogRecord",
        .object([
            .init("sequence", .integer), .init("time", .time), .init("level", .text), .init("label", .text.orNull),
            .init("message", .text), .init("trace", .text.orNull), .init("fields", .anyObject),
        ]))

    static func item(_ found: Value) -> Value {
        found.picking(["sequence", "time", "level", "label", "message", "trace"])
            .adding(["fields": found["fields"] ?? [:]])
    }
}

/// A setting in force.
enum SettingAnswer {
    static let schema = ValueSchema.named(
        "Setting",
        .object([
            .init("name", .text), .init("value", .any), .init("source", .text.orNull, "Where it comes from"),
            .init("about", .text.orNull),
        ]))

    static func item(_ found: Value) -> Value { found.picking(["name", "value", "source", "about"]) }
}

extension Value {
    /// An object with these fields alone, null where one is not there.
    func picking(_ names: [String]) -> Value { .object(Dictionary(names.map { ($0, field($0)) }) { $1 }) }
}
