import Determinism

/// The graph of a workflow as data: what the run machine knows of it.
public struct WorkflowPlan: Sendable, Hashable {
    /// A node before its graph is checked.
    struct Draft: Sendable {
        let name: String
        let dependencies: [String]
        let retry: RetryPolicy
    }

    /// A node by its place in the definition; others refer to it by that place.
    public struct Node: Sendable, Hashable {
        /// Its name, unique in the workflow.
        public let name: String
        /// The nodes that must have completed before it starts.
        public let dependencies: [Int]
        /// The nodes that wait for it.
        public let dependants: [Int]
        /// How often it is tried.
        public let retry: RetryPolicy
    }

    /// The workflow's name.
    public let name: String
    /// The author's count of changes.
    public let version: Int
    /// The nodes as written.
    public let nodes: [Node]
    /// A hash of all of it, the same in every process.
    public let fingerprint: UInt64
    private let places: [String: Int]

    init(_ name: String, version: Int, nodes drafts: [Draft]) throws(WorkflowDefinitionError) {
        let problems = WorkflowPlan.problems(of: drafts)
        guard problems.isEmpty else { throw WorkflowDefinitionError(workflow: name, problems: problems) }
        self.name = name
        self.version = version
        let places = Dictionary(uniqueKeysWithValues: drafts.enumerated().map { ($1.name, $0) })
        let dependencies = drafts.map { $0.dependencies.compactMap { places[$0] } }
        var dependants = [[Int]](repeating: [], count: drafts.count)
        for (place, needed) in dependencies.enumerated() {
            for need in needed { dependants[need].append(place) }
        }
        nodes = drafts.indices.map { place in
            Node(
                name: drafts[place].name, dependencies: dependencies[place], dependants: dependants[place],
                retry: drafts[place].retry)
        }
        self.places = places
        fingerprint = Fingerprint.of(WorkflowPlan.text(name, version, drafts))
    }

    /// Where a node stands; nil where the workflow has none of that name.
    func place(of name: String) -> Int? { places[name] }
}

extension WorkflowPlan {
    /// The graph as text that no two graphs share and that journals depend on: it must not change.
    private static func text(_ name: String, _ version: Int, _ nodes: [Draft]) -> String {
        let header = [quoted(name), "\(version)"]
        let lines = nodes.map { node in
            let retry = [node.retry.base, node.retry.longest].map { "\($0.nanoseconds)" }
            let parts = [quoted(node.name), "\(node.retry.attempts)"] + retry + node.dependencies.map(quoted)
            return parts.joined(separator: " ")
        }
        return (header + lines).joined(separator: "\n")
    }

    private static func quoted(_ name: String) -> String { "\(name.utf8.count):\(name)" }
}
