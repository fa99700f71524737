public import Determinism

/// One log line, before anybody has written it.
public struct LogRecord: Sendable, Hashable {
    /// When it was said.
    public let time: Timestamp
    /// How much it matters.
    public let level: LogLevel
    /// Which part of the program said it: `http.server`.
    public let component: String
    /// What happened, in a sentence.
    public let message: String
    /// The details, for machines.
    public let fields: LogFields
    /// The trace it belongs to, as 32 hexadecimal digits; nil outside any.
    public let trace: String?

    /// A line as given.
    public init(
        time: Timestamp, level: LogLevel, component: String, message: String, fields: LogFields = [:],
        trace: String? = nil
    ) {
        self.time = time
        self.level = level
        self.component = component
        self.message = message
        self.fields = fields
        self.trace = trace
    }

    /// The same line without secrets; a field whose name tells of a secret loses its value whatever it is.
    func redacted(by redactor: Redactor) -> LogRecord {
        let clean = fields.all.map { field -> LogFields.Field in
            if Redactor.isSecretName(field.key) { return LogFields.Field(field.key, .text(Redactor.marker)) }
            guard case .text(let text) = field.value else { return field }
            return LogFields.Field(redactor.redact(field.key), .text(redactor.redact(text)))
        }
        return LogRecord(
            time: time, level: level, component: redactor.redact(component), message: redactor.redact(message),
            fields: LogFields(clean), trace: trace)
    }
}
