import Configuration
import DeskCommands
import Determinism
import Storage
import Telemetry
import WorkflowModel

/// What the process says of itself: its log, its figures and how its parts do.
struct DeskTelemetry: Sendable {
    /// Takes secrets out of everything that is written.
    let redactor: Redactor
    /// Where lines of the log come from.
    let router: LogRouter
    /// The last lines, for those who watch.
    let tail: LogTail
    /// Where the lines are written.
    let file: LogFile
    /// Figures.
    let metrics: MetricRegistry
    /// How each part does.
    let health: HealthBoard

    /// Telemetry of a home: the log goes to `<home>/logs/bellwether.log` and its last lines into memory.
    init(_ home: HomeFolder, _ settings: Settings, secrets: [Secret], time: any TimeSource) throws {
        redactor = Redactor()
        for secret in secrets { redactor.register(secret.reveal()) }
        tail = LogTail()
        file = try LogFile(path: try DeskTelemetry.folder(home) + "/bellwether.log", complaints: LogStream())
        router = LogRouter(
            time: time, redactor: redactor, levels: LogLevels(settings.logging.telemetryLevel), sinks: [tail, file])
        metrics = MetricRegistry()
        health = HealthBoard(time: time)
        try ProcessMetrics().register(in: metrics)
    }

    private static func folder(_ home: HomeFolder) throws -> String {
        let path = home.path(of: "logs")
        try PrivateFolder.make(path)
        return path
    }
}

extension LoggingSettings {
    fileprivate var telemetryLevel: LogLevel {
        switch level {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}

extension LogTail.Entry {
    /// The line as faces show it.
    var value: Value {
        let fields = record.fields.all.map { ($0.key, $0.value.value) }
        return [
            "sequence": .integer(Int64(sequence)), "time": .text("\(record.time)"),
            "level": .text(record.level.rawValue), "label": .text(record.component), "message": .text(record.message),
            "trace": record.trace.map(Value.text) ?? .null,
            "fields": .object(Dictionary(fields) { _, last in last }),
        ]
    }
}

extension LogValue {
    fileprivate var value: Value {
        switch self {
        case .text(let text): .text(text)
        case .integer(let integer): .integer(integer)
        case .number(let number): number.isFinite ? .number(number) : .text("\(number)")
        case .bool(let truth): .boolean(truth)
        }
    }
}

extension DeskTelemetry {
    /// Lets those who watch the stream see every line of the log.
    func follow(into hub: StreamHub) {
        _ = tail.subscribe { entry in
            guard hub.isWatched(.log), let json = try? entry.value.json() else { return }
            hub.publish(.log, key: nil, json: json, at: entry.record.time)
        }
    }
}
