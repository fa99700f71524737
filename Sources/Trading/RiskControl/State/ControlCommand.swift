/// What a person orders the desk to do, from any interface.
public enum ControlCommand: Sendable, Hashable, Codable {
    /// No entries until resumed.
    case halt(reason: String)
    /// Entries again; ends every halt, that for loss included.
    case resume
    /// Exits only until resumed.
    case reduceOnly(reason: String)
    /// Halt, and close every position.
    case flatten(reason: String)
    /// Other limits from now on.
    case limits(RiskLimits, reason: String)
}
