/// How much a log line matters.
public enum LogLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Every step, for following one thing closely.
    case trace
    /// What helps to find a fault.
    case debug
    /// What happens in normal running.
    case info
    /// Something is wrong that the program lives with.
    case warning
    /// Something failed that a person should look at.
    case error

    /// Reads a level's name, in any case and with blanks around it.
    public init(parsing text: String) throws(TelemetryError) {
        let name = String(decoding: SecretForms.trimmed(Array(text.utf8)), as: UTF8.self).lowercased()
        guard let level = LogLevel(rawValue: name == "warn" ? "warning" : name) else {
            let allowed = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
            throw TelemetryError(.badLevel, "'\(LogText.escaped(text))' is no log level. Allowed: \(allowed).")
        }
        self = level
    }

    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.severity < right.severity
    }

    private var severity: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .warning: 3
        case .error: 4
        }
    }
}
