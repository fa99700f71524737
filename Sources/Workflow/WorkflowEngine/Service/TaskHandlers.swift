public import WorkflowModel

/// Whoever does the work of tasks.
public protocol TaskHandler: Sendable {
    /// Does the work and gives its output.
    ///
    /// Cancelled when the work should end early. Throws a `TaskFailure` to say what failed and whether another try can
    /// help; after any other error there is another try. May be called again with the same idempotency key, when the
    /// process ended before the output was recorded.
    func perform(_ order: TaskOrder) async throws -> Value
}

/// Who does which type of work.
public struct TaskHandlers: Sendable {
    private struct Closure: TaskHandler {
        let body: @Sendable (TaskOrder) async throws -> Value

        func perform(_ order: TaskOrder) async throws -> Value { try await body(order) }
    }

    private var handlers: [String: any TaskHandler] = [:]
    private var fallback: (any TaskHandler)?

    /// Nobody.
    public init() {}

    /// The types of work that somebody does, in order.
    public var types: [String] { handlers.keys.sorted() }

    /// Gives a type of work to somebody; with an agent's name, only the work that is meant for that agent.
    public mutating func add(_ type: String, agent: String? = nil, _ handler: any TaskHandler) {
        handlers[agent.map { "\($0)/\(type)" } ?? type] = handler
    }

    /// Gives all work of types that nobody else does to somebody.
    public mutating func addFallback(_ handler: any TaskHandler) {
        fallback = handler
    }

    /// Gives a type of work to a function.
    public mutating func add(
        _ type: String, agent: String? = nil, _ body: @escaping @Sendable (TaskOrder) async throws -> Value
    ) {
        add(type, agent: agent, Closure(body: body))
    }

    /// Does the work; what nobody does fails for good.
    func perform(_ order: TaskOrder) async -> TaskResult {
        let own = order.agent.flatMap { handlers["\($0)/\(order.type)"] }
        guard let handler = own ?? handlers[order.type] ?? fallback else {
            let failure = TaskFailure(
                code: "no_handler", "nobody does work of the type '\(order.type)'", mayRetry: false)
            return .failed(failure)
        }
        do {
            return .completed(try await handler.perform(order).json())
        } catch let failure as TaskFailure {
            return .failed(failure)
        } catch is CancellationError {
            return .cancelled
        } catch {
            return .failed(TaskFailure("\(error)", mayRetry: (error as? any RetryJudgingError)?.mayRetry ?? true))
        }
    }
}
