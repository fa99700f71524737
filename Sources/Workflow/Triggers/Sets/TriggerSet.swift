public import Determinism
public import WorkflowModel

/// All triggers of one workflow.
public struct TriggerSet: Sendable {
    /// The workflow they start.
    public let workflow: String
    /// The triggers in the order of the definition.
    public private(set) var machines: [TriggerMachine]

    /// The triggers of a workflow, beginning at a moment; throws for the first that could never work.
    ///
    /// Triggers of a type that comes more than once are called `price_change`, `price_change_2`…
    public init(
        of workflow: String, _ definitions: [TriggerDefinition], startingAt start: Timestamp
    ) throws(TriggerError) {
        self.workflow = workflow
        machines = []
        var types: [String: Int] = [:]
        var same: [TriggerDefinition: Int] = [:]
        for definition in definitions {
            let count = types[definition.type, default: 0] + 1
            let number = same[definition, default: 0] + 1
            (types[definition.type], same[definition]) = (count, number)
            let name = count == 1 ? definition.type : "\(definition.type)_\(count)"
            machines.append(
                try TriggerMachine(definition, of: workflow, name: name, number: number, startingAt: start))
        }
    }

    /// Shows an observation to every trigger and gives what fires, in the order of the triggers.
    public mutating func evaluate(_ observation: Observation, at time: Timestamp) -> [Firing] {
        var firings: [Firing] = []
        for place in machines.indices {
            firings += machines[place].evaluate(observation, at: time).firings
        }
        return firings
    }

    /// How every trigger stands.
    public var status: [TriggerStatus] { machines.map(\.status) }

    /// The next time at which something is due: a `.tick` should come then.
    public var nextScheduled: Timestamp? { machines.compactMap(\.nextScheduled).min() }

    /// Keeps a trigger, or all where none is named, from firing until resumed; throws for an unknown name.
    public mutating func pause(_ name: String? = nil, by person: String, at time: Timestamp) throws(TriggerError) {
        for place in try places(of: name) { machines[place].pause(by: person, at: time) }
    }

    /// Lets a trigger, or all where none is named, fire again; throws for an unknown name.
    public mutating func resume(_ name: String? = nil, at time: Timestamp) throws(TriggerError) {
        for place in try places(of: name) { machines[place].resume(at: time) }
    }

    private func places(of name: String?) throws(TriggerError) -> [Int] {
        guard let name else { return Array(machines.indices) }
        if let place = machines.firstIndex(where: { $0.name == name }) { return [place] }
        let known = machines.isEmpty ? "it has none" : "it has \(Words.list(machines.map(\.name)))"
        throw TriggerError(.unknown, "'\(workflow)' has no trigger '\(name)'; \(known)")
    }

    /// Everything the triggers remember, as bytes to be kept across restarts.
    ///
    /// Save them in one transaction with the runs that the firings start: else a crash in between lets the next
    /// observation fire again, under another id.
    public func snapshot() throws(TriggerError) -> [UInt8] {
        try TriggerSnapshot(workflow: workflow, triggers: machines.map(\.saved)).bytes
    }

    /// Takes up what the triggers remembered; one whose definition has changed since begins anew.
    ///
    /// Throws where the bytes are not the saved state of this workflow's triggers.
    public mutating func restore(_ bytes: [UInt8]) throws(TriggerError) {
        let saved = try TriggerSnapshot(bytes, of: workflow).triggers
        for place in machines.indices {
            guard let found = saved.first(where: { $0.signature == machines[place].signature }) else { continue }
            machines[place].take(found.state)
        }
    }
}
