/// How the desk and its process stand.
enum StatusCommands {
    static let all = [status, health]

    private static let status = DeskCommand(
        "status", "How the desk stands: run, trading state, workflows, and what waits for a person", .read,
        at: .get("/api/status"), tool: "desk_status", answers: StatusAnswer.schema
    ) { _, context in try StatusAnswer.value(context.services, at: context.time) }

    private static let health = DeskCommand(
        "health", "Which parts of the process work, and what they use of the machine", .read,
        at: .get("/api/health"), tool: "desk_health", answers: HealthAnswer.schema
    ) { _, context in HealthAnswer.value(context.services.system) }
}
