import Determinism
import MarketData
import Synchronization
public import WorkflowDocuments
public import WorkflowEngine
public import WorkflowModel

/// The types of work that the desk does for workflows.
public struct StepLibrary: Sendable {
    private let steps: [String: Step]

    /// Every type of work there is.
    public static let standard = StepLibrary(
        MarketSteps.all + RiskSteps.all + SignalSteps.all + OrderSteps.all + SagaSteps.all + BookSteps.all
            + MessageSteps.all)

    /// What documents are held against: the types of work with their params and outputs, and the calendars.
    public static let documentOptions: DocumentOptions = {
        var options = DocumentOptions()
        options.catalog = standard.catalog
        options.calendars = ["XNYS", "XNAS", "24/7"]
        return options
    }()

    init(_ steps: [Step]) {
        self.steps = Dictionary(steps.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The types as documents know them.
    public var catalog: StepCatalog { StepCatalog(steps.mapValues(\.type)) }

    /// Does the work of a task on a desk.
    ///
    /// Work with an effect that was done under the same key before is not done again: its output is given once more.
    /// Throws a `TaskFailure` where the task fails, and other errors where the desk cannot go on.
    public func perform<Desk: DeskView>(_ order: TaskOrder, on desk: inout Desk) throws -> Value {
        guard let step = steps[order.type] else {
            throw TaskFailure(
                code: "no_handler", "the desk does no work of the type '\(order.type)'", mayRetry: false)
        }
        if step.hasEffect, let output = desk.ledger.outputs[order.idempotencyKey] { return output }
        var call = try StepCall(order, on: desk)
        let output = try step.perform(&call)
        if step.hasEffect { call.desk.ledger.keep(output, of: order.idempotencyKey) }
        if let changed = call.desk as? Desk { desk = changed }
        return output
    }

    /// Handlers of every type that leave the work to a function.
    public func handlers(_ perform: @escaping @Sendable (TaskOrder) async throws -> Value) -> TaskHandlers {
        var handlers = TaskHandlers()
        for type in steps.keys.sorted() { handlers.add(type, perform) }
        return handlers
    }

    /// Handlers of every type over a desk that they share, one at a time.
    public func handlers(on desk: SharedDesk) -> TaskHandlers {
        var handlers = TaskHandlers()
        for type in steps.keys.sorted() {
            handlers.add(type) { order in try desk.perform(order, by: self) }
        }
        return handlers
    }
}

/// A desk that several tasks act on, one at a time.
public final class SharedDesk: Sendable {
    private let desk: Mutex<any DeskView>

    /// A desk to be shared.
    public init(_ desk: some DeskView) {
        self.desk = Mutex(desk)
    }

    /// The desk as it is now.
    public var current: any DeskView { desk.withLock { $0 } }

    func perform(_ order: TaskOrder, by library: StepLibrary) throws -> Value {
        try desk.withLock { desk in
            var opened = desk
            defer { desk = opened }
            return try SharedDesk.perform(order, by: library, on: &opened)
        }
    }

    private static func perform(
        _ order: TaskOrder, by library: StepLibrary, on desk: inout any DeskView
    ) throws -> Value {
        func open<Desk: DeskView>(_ opened: Desk) throws -> (Value, any DeskView) {
            var opened = opened
            let output = try library.perform(order, on: &opened)
            return (output, opened)
        }
        let (output, changed) = try open(desk)
        desk = changed
        return output
    }
}
