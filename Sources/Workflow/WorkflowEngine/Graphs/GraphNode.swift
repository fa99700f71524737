public import WorkflowModel

/// One piece of work: it reads the state and puts something out, which is recorded and then applied to the state.
///
/// Everything that later nodes are to see goes through the output: after a crash the work is not done again, only its
/// recorded output is applied.
public struct GraphNode<State>: Sendable {
    /// What a piece of work has come to: the bytes to record and how they change the state.
    struct Output {
        let bytes: [UInt8]
        let apply: (inout State) -> Void
    }

    enum Work: Sendable {
        case synchronous(@Sendable (State, NodeContext) throws -> Output)
        case asynchronous(@Sendable (State, NodeContext) async throws -> Output)
    }

    let task: TaskDefinition
    let work: Work
    /// Applies a recorded output.
    let restore: @Sendable ([UInt8], inout State) throws -> Void

    /// Work that does not wait; `coding` says how its output becomes bytes.
    public init<Value: Codable & Sendable>(
        _ name: String, after dependencies: [String] = [], retry: RetryPolicy = .never,
        coding: OutputCoding = OutputCoding(), run: @escaping @Sendable (State, NodeContext) throws -> Value,
        apply: @escaping @Sendable (Value, inout State) -> Void
    ) {
        task = GraphNode.task(name, after: dependencies, retry: retry)
        work = .synchronous { state, context in
            let output = try run(state, context)
            return Output(bytes: try coding.encode(output)) { apply(output, &$0) }
        }
        restore = { apply(try coding.decode(Value.self, from: $0), &$1) }
    }

    /// Work that waits for something; `coding` says how its output becomes bytes.
    public init<Value: Codable & Sendable>(
        _ name: String, after dependencies: [String] = [], retry: RetryPolicy = .never,
        coding: OutputCoding = OutputCoding(),
        runAsync run: @escaping @Sendable (State, NodeContext) async throws -> Value,
        apply: @escaping @Sendable (Value, inout State) -> Void
    ) {
        task = GraphNode.task(name, after: dependencies, retry: retry)
        work = .asynchronous { state, context in
            let output = try await run(state, context)
            return Output(bytes: try coding.encode(output)) { apply(output, &$0) }
        }
        restore = { apply(try coding.decode(Value.self, from: $0), &$1) }
    }

    private static func task(_ name: String, after dependencies: [String], retry: RetryPolicy) -> TaskDefinition {
        var task = TaskDefinition(name, .work(type: name), after: dependencies, retry: retry)
        task.timeout = .seconds(100 * 365 * 86_400)
        return task
    }
}

/// What a node's work is told about itself.
public struct NodeContext: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// The node.
    public let node: String
    /// 1 for the first try, 2 for the second…
    public let attempt: Int

    /// The same for every try of this node in this run, also after a crash: what is done outside under this key once
    /// must not be done again.
    public var idempotencyKey: String { "\(run.text)/\(node)" }
}

/// The output of a node that only marks that something was done.
public struct NoOutput: Sendable, Hashable, Codable {
    /// Nothing.
    public init() {}
}

/// An error that knows whether trying again can help; other errors are tried again as the node's policy says.
public protocol RetryJudgingError: Error {
    /// False where every further try would fail in the same way.
    var mayRetry: Bool { get }
}
