/// A part of the program that does better or worse than before.
public struct HealthChange: Sendable, Hashable {
    /// Its name.
    public let component: String
    /// How it did.
    public let from: ComponentHealth.State
    /// How it does.
    public let to: ComponentHealth.State

    /// A change as given.
    public init(_ component: String, from: ComponentHealth.State, to: ComponentHealth.State) {
        self.component = component
        self.from = from
        self.to = to
    }
}
