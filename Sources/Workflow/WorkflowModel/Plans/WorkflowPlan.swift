/// A definition whose graph is sound, in one version: what a run machine works from.
public struct WorkflowPlan: Sendable, Hashable {
    /// A task by its place in the definition; others refer to it by that place.
    public struct Task: Sendable, Hashable {
        /// The task as written.
        public let definition: TaskDefinition
        /// The tasks that must be settled before it starts.
        public let dependencies: [Int]
        /// The tasks that wait for it.
        public let dependants: [Int]

        /// Its name.
        public var name: String { definition.name }
    }

    /// The definition.
    public let definition: WorkflowDefinition
    /// The count of changes: a run keeps the version that it began with.
    public let version: Int
    /// The tasks in the order of the definition.
    public let tasks: [Task]
    /// A hash of everything that decides what happens, the same in every process.
    public let fingerprint: UInt64
    private let places: [String: Int]

    /// A plan; throws with every problem at once where the tasks make no sound graph.
    public init(_ definition: WorkflowDefinition, version: Int = 1) throws(WorkflowPlanError) {
        let problems = WorkflowPlan.problems(of: definition)
        guard problems.isEmpty else { throw WorkflowPlanError(workflow: definition.name, problems: problems) }
        let places = Dictionary(uniqueKeysWithValues: definition.tasks.enumerated().map { ($1.name, $0) })
        let dependencies = definition.tasks.map { $0.dependencies.compactMap { places[$0] } }
        var dependants = [[Int]](repeating: [], count: definition.tasks.count)
        for (place, needed) in dependencies.enumerated() {
            for need in needed { dependants[need].append(place) }
        }
        self.definition = definition
        self.version = version
        self.places = places
        tasks = definition.tasks.indices.map {
            Task(definition: definition.tasks[$0], dependencies: dependencies[$0], dependants: dependants[$0])
        }
        fingerprint = WorkflowPlan.fingerprint(of: definition)
    }

    /// The workflow's name.
    public var name: String { definition.name }

    /// Where a task stands; nil where the workflow has none of that name.
    public func place(of name: String) -> Int? { places[name] }
}

/// Why a workflow's definition makes no sense.
public struct WorkflowPlanError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The workflow.
    public let workflow: String
    /// Everything that is wrong.
    public let problems: [PlanProblem]

    public var description: String {
        "the workflow '\(workflow)' cannot run: \(problems.map(\.message).joined(separator: "; "))"
    }
}

/// One thing that is wrong with a definition.
public struct PlanProblem: Sendable, Hashable {
    /// The place of the task it is about; nil for the workflow as a whole.
    public let task: Int?
    /// The part of the task it is about: `name`, `dependencies`, `stage`…
    public let field: String
    /// What is wrong, a sentence without an end.
    public let message: String
}
