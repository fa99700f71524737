import Determinism

/// Works out how each part does from what was reported of it and of what it depends on.
struct HealthMachine {
    private struct Part {
        var dependsOn: [String]
        var isRequired: Bool
        var reported: ComponentHealth.State
        var reason: String?
        var shown: ComponentHealth.State
        var since: Timestamp
    }

    private var parts: [String: Part] = [:]
    private var order: [String] = []
    /// Why only a new start can help; nil while the process is of use.
    private(set) var fault: String?

    /// Makes a part known, down until something is reported of it; of a part that is known, what it depends on changes.
    mutating func add(_ name: String, dependsOn: [String], isRequired: Bool, at time: Timestamp) -> [HealthChange] {
        if parts[name] == nil {
            order.append(name)
            parts[name] = Part(
                dependsOn: dependsOn, isRequired: isRequired, reported: .down, reason: "It has not reported yet.",
                shown: .down, since: time)
        } else {
            parts[name]?.dependsOn = dependsOn
            parts[name]?.isRequired = isRequired
        }
        return refresh(at: time)
    }

    /// Takes a report; a part that nobody made known becomes one that is not required.
    mutating func report(
        _ name: String, _ state: ComponentHealth.State, reason: String?, at time: Timestamp
    ) -> [HealthChange] {
        if parts[name] == nil { _ = add(name, dependsOn: [], isRequired: false, at: time) }
        parts[name]?.reported = state
        parts[name]?.reason = reason
        return refresh(at: time)
    }

    mutating func fail(_ reason: String) {
        fault = fault ?? reason
    }

    /// Whether every required part is up and nothing is beyond help.
    var isReady: Bool {
        fault == nil && parts.values.allSatisfy { !$0.isRequired || $0.shown == .up }
    }

    /// Every part in the order in which they became known.
    var components: [ComponentHealth] {
        order.compactMap { name in
            guard let part = parts[name] else { return nil }
            return ComponentHealth(
                name: name, state: part.shown, since: part.since, reason: reason(of: name, part),
                dependsOn: part.dependsOn, isRequired: part.isRequired)
        }
    }

    private mutating func refresh(at time: Timestamp) -> [HealthChange] {
        let troubled = troubled()
        var changes: [HealthChange] = []
        for name in order {
            guard let part = parts[name] else { continue }
            let state = part.reported == .up && troubled.contains(name) ? .degraded : part.reported
            guard state != part.shown else { continue }
            changes.append(HealthChange(name, from: part.shown, to: state))
            parts[name]?.shown = state
            parts[name]?.since = time
        }
        return changes
    }

    /// Every part that is not up itself or depends, over however many others, on one that is not.
    private func troubled() -> Set<String> {
        var dependants: [String: [String]] = [:]
        for name in order {
            for other in parts[name]?.dependsOn ?? [] { dependants[other, default: []].append(name) }
        }
        var queue = order.filter { parts[$0]?.reported != .up }
        queue += dependants.keys.filter { parts[$0] == nil }
        var troubled = Set(queue)
        while let name = queue.popLast() {
            for other in dependants[name] ?? [] where troubled.insert(other).inserted { queue.append(other) }
        }
        return troubled
    }

    private func reason(of name: String, _ part: Part) -> String? {
        guard part.reported == .up, part.shown == .degraded else { return part.reason }
        let causes = part.dependsOn.compactMap { other -> String? in
            guard let cause = parts[other] else { return "\(other) is not known" }
            return cause.shown == .up ? nil : "\(other) is \(cause.shown.rawValue)"
        }
        return causes.joined(separator: ", ")
    }
}
