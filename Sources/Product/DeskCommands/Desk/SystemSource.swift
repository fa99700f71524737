public import WorkflowModel

/// The process and its machine as commands see them.
public protocol SystemSource: Sendable {
    /// Components with their health, what they depend on and since when.
    func health() -> Value

    /// Memory, processor time, files and connections; null where nothing runs.
    func resources() -> Value

    /// Log records after a number, at least of a level, oldest first.
    func log(after sequence: Int64, level: String, limit: Int) -> [Value]

    /// The settings in force, without secrets.
    func settings() throws -> Value

    /// Imported data: what there is of each symbol.
    func data() throws -> Value
}
