public import Determinism

/// Takes every log line of the process, cleans it of secrets and hands it to each sink.
public final class LogRouter: Sendable {
    /// The door that every line passes.
    public let redactor: Redactor
    private let time: any TimeSource
    private let levels: LogLevels
    private let sinks: [any LogSink]

    /// A router to these sinks; lines below their component's level are not made.
    public init(time: any TimeSource, redactor: Redactor, levels: LogLevels = LogLevels(), sinks: [any LogSink]) {
        self.time = time
        self.redactor = redactor
        self.levels = levels
        self.sinks = sinks
    }

    /// The handle that a component logs through.
    public func log(_ component: String) -> Log {
        Log(component: component, threshold: levels.level(of: component), router: self)
    }

    /// Returns once every sink has put away what it took.
    public func flush() async {
        for sink in sinks { await sink.flush() }
    }

    func write(_ level: LogLevel, _ component: String, _ message: String, _ fields: LogFields) {
        let record = LogRecord(
            time: time.now, level: level, component: component, message: message, fields: fields,
            trace: TraceContext.current?.trace.hex)
        let clean = record.redacted(by: redactor)
        for sink in sinks { sink.write(clean) }
    }
}
