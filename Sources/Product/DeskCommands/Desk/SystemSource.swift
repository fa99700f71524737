public import WorkflowModel

/// The process and its machine as commands see them.
public protocol SystemSource: Sendable {
    /// Components with their health, what they depend on and since when: a list of objects with `name`, `status`
    /// (`ok`, `degraded` or `failed`), `detail`, `checked_at` and, where it was measured, `latency_ms`.
    func health() -> Value

    /// `memory_bytes`, `cpu_share`, `disk_free_bytes`, `open_files` and `clients`, those that are known; null where
    /// nothing runs.
    func resources() -> Value

    /// Log records after a number, at least of a level, oldest first: objects with `sequence`, `time`, `level`,
    /// `label`, `message`, `trace` and `fields`.
    func log(after sequence: Int64, level: String, limit: Int) -> [Value]

    /// The settings in force, without secrets: a list of objects with `name`, `value`, `source` and `about`.
    func settings() throws -> Value

    /// Imported data: a list of objects with `symbol`, `bar_length`, `from`, `to`, `bars` and `simulated`.
    func data() throws -> Value

    /// The program's version.
    var version: String { get }
}

extension SystemSource {
    /// Not told.
    public var version: String { "unknown" }
}
