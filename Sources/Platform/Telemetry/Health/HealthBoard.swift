public import Determinism
import Synchronization

/// Where every part of the program says how it does, and where others ask.
public final class HealthBoard: Sendable {
    private let machine = Mutex(HealthMachine())
    private let time: any TimeSource

    /// A board without parts.
    public init(time: any TimeSource) {
        self.time = time
    }

    /// Makes a part known: it counts as down until it reports. What it depends on may become known later.
    @discardableResult
    public func add(_ component: String, dependsOn: [String] = [], isRequired: Bool = true) -> [HealthChange] {
        let now = time.now
        return machine.withLock { $0.add(component, dependsOn: dependsOn, isRequired: isRequired, at: now) }
    }

    /// Says how a part does; returns everything that now does better or worse, parts that depend on it included.
    ///
    /// A part that nobody made known becomes one that is not required.
    @discardableResult
    public func report(
        _ component: String, _ state: ComponentHealth.State, reason: String? = nil
    ) -> [HealthChange] {
        let now = time.now
        return machine.withLock { $0.report(component, state, reason: reason, at: now) }
    }

    /// Says that only a new start of the process can help, after which it is neither live nor ready.
    public func fail(reason: String) {
        machine.withLock { $0.fail(reason) }
    }

    /// Whether the process is worth keeping: true until `fail(reason:)`.
    public var live: Bool { fault == nil }

    /// Why only a new start can help; nil while the process is live.
    public var fault: String? { machine.withLock { $0.fault } }

    /// Whether the process can do its work: it is live, and every required part is up, with what that depends on.
    public var ready: Bool { machine.withLock { $0.isReady } }

    /// Every part in the order in which they became known.
    public var components: [ComponentHealth] { machine.withLock { $0.components } }

    /// How one part does; nil where it is not known.
    public func component(_ name: String) -> ComponentHealth? {
        components.first { $0.name == name }
    }
}
