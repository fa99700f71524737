/// The words in which one of the two written shapes describes a task.
enum DocumentShape {
    case stages
    case steps

    /// What one of them is called.
    var word: String { self == .stages ? "task" : "step" }
    var type: String { self == .stages ? "task_type" : "type" }
    var params: String { self == .stages ? "task_data" : "params" }
    var dependencies: String { self == .stages ? "dependencies" : "depends_on" }

    /// Everything that may be written about one.
    var keys: [String] { ["name", type, params, "condition", "actions", dependencies] + DocumentShape.settings }

    /// What actions of a conditional step may say.
    var actionKeys: [String] { ["name", type, params] + DocumentShape.settings }

    /// The other shape's words, and what this one writes in their place.
    var instead: [String: String] {
        let other: DocumentShape = self == .stages ? .steps : .stages
        return [other.type: type, other.params: params, other.dependencies: dependencies]
    }

    private static let settings = [
        "agent", "priority", "timeout", "max_retries", "retry", "retry_delay", "workflow_id", "compensate", "cache",
        "circuit_breaker",
    ]

    /// The types that the engine itself knows.
    static let ownTypes = ["approval", "circuit_breaker", "conditional", "join", "subprocess", "wait"]
}
