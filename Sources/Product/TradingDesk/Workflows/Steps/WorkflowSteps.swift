public import WorkflowDocuments
public import WorkflowEngine
public import WorkflowModel

/// The types of work that this program does, and who does them.
public struct WorkflowSteps: Sendable {
    /// The types, what they are told and what they put out.
    public let catalog: StepCatalog
    /// Who does them; what nobody does is simulated in test runs and fails in others.
    public let handlers: TaskHandlers

    /// Types of work with those who do it.
    public init(_ catalog: StepCatalog, _ handlers: TaskHandlers) {
        self.catalog = catalog
        var handlers = handlers
        handlers.addFallback(TestSteps())
        self.handlers = handlers
    }

    /// No real work at all: only test runs do anything.
    public static let none = WorkflowSteps(StepCatalog(), TaskHandlers())

    /// The types of work that a workflow asks for and that nobody does, in order.
    public func unknownTypes(of definition: WorkflowDefinition) -> [String] {
        let wanted = definition.tasks.flatMap { task -> [String] in
            var types = task.compensation.map { [$0.type] } ?? []
            if case .work(let type) = task.kind { types.append(type) }
            return types
        }
        return Set(wanted).filter { catalog[$0] == nil }.sorted()
    }
}
