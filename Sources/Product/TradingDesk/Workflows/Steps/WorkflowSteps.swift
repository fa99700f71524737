public import WorkflowDocuments
public import WorkflowEngine
public import WorkflowModel

/// The types of work that this program does, and who does them.
public struct WorkflowSteps: Sendable {
    /// The types, what they are told and what they put out.
    public let catalog: StepCatalog
    /// Who does them; what nobody does is simulated in test runs and fails in others.
    public let handlers: TaskHandlers

    private let done: Set<String>

    /// Types of work with those who do it.
    public init(_ catalog: StepCatalog, _ handlers: TaskHandlers) {
        self.catalog = catalog
        done = Set(handlers.types)
        var handlers = handlers
        handlers.addFallback(SimulatedSteps())
        self.handlers = handlers
    }

    /// The desk's types of work without a desk: test runs do them on a SIMULATED market, others are refused.
    public static let withoutDesk = WorkflowSteps(StepLibrary.standard.catalog, TaskHandlers())

    /// The types of work that a workflow asks for and that nobody does here, in order.
    public func unknownTypes(of definition: WorkflowDefinition) -> [String] {
        let wanted = definition.tasks.flatMap { task -> [String] in
            var types = task.compensation.map { [$0.type] } ?? []
            if case .work(let type) = task.kind { types.append(type) }
            return types
        }
        return Set(wanted).subtracting(done).sorted()
    }
}
