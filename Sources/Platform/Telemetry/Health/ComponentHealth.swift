public import Determinism

/// How a part of the program does.
public struct ComponentHealth: Sendable, Hashable {
    /// What a part can do at present.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Everything it is for.
        case up
        /// Less than it should, or slower.
        case degraded
        /// Nothing.
        case down
    }

    /// Its name.
    public let name: String
    /// How it does, what it depends on included: up turns to degraded where one of those is not up.
    public let state: State
    /// Since when it has been so.
    public let since: Timestamp
    /// Why; nil where it is up and nobody said anything.
    public let reason: String?
    /// The parts that it cannot do its work without, by name.
    public let dependsOn: [String]
    /// Whether the whole is of no use without it.
    public let isRequired: Bool
}
