import Synchronization
public import Testing
public import WorkflowEngine
import WorkflowModel

/// A small workflow to be killed: nodes that put out what they saw, some of which fail.
public struct CrashShape: Sendable, CustomTestStringConvertible {
    struct Node: Sendable {
        let name: String
        var after: [String] = []
        /// How many tries fail before one succeeds.
        var failures = 0
        var retry = RetryPolicy.never
    }

    /// What it is.
    public let name: String
    let nodes: [Node]

    public var testDescription: String { name }

    /// The outputs in the order in which they were applied.
    public struct State: Sendable, Hashable {
        var outputs: [Output] = []

        /// Nothing put out yet.
        public init() {}
    }

    struct Output: Sendable, Hashable, Codable {
        let node: String
        let attempt: Int
        let seen: [String]
    }

    struct Failure: Error {
        let attempt: Int
    }

    /// Every shape.
    public static let all = [
        CrashShape(name: "one node", nodes: [Node(name: "a")]),
        CrashShape(
            name: "chain",
            nodes: [Node(name: "a"), Node(name: "b", after: ["a"]), Node(name: "c", after: ["b"])]),
        CrashShape(
            name: "diamond, written from its end",
            nodes: [
                Node(name: "d", after: ["b", "c"]), Node(name: "c", after: ["a"]), Node(name: "b", after: ["a"]),
                Node(name: "a"),
            ]),
        CrashShape(
            name: "retries that succeed beside another branch",
            nodes: [
                Node(name: "a", failures: 2, retry: RetryPolicy(attempts: 3)), Node(name: "b"),
                Node(name: "c", after: ["a", "b"]),
            ]),
        CrashShape(
            name: "retries used up",
            nodes: [
                Node(name: "a"), Node(name: "b", after: ["a"], failures: 9, retry: RetryPolicy(attempts: 3)),
                Node(name: "c", after: ["b"]), Node(name: "d", after: ["a"]), Node(name: "e", after: ["c", "d"]),
            ]),
    ]

    /// The workflow; every execution of a node is written into `log`.
    public func definition(_ log: ExecutionLog) throws -> StateGraph<State> {
        let nodes = nodes.map { node in
            GraphNode<State>(node.name, after: node.after, retry: node.retry) { state, context in
                log.add(Execution(node: context.node, attempt: context.attempt))
                guard context.attempt > node.failures else { throw Failure(attempt: context.attempt) }
                return Output(node: node.name, attempt: context.attempt, seen: state.outputs.map(\.node))
            } apply: { output, state in
                state.outputs.append(output)
            }
        }
        return try StateGraph(name, nodes: nodes)
    }
}

/// One try of one node.
public struct Execution: Sendable, Hashable {
    let node: String
    let attempt: Int

    /// The tries whose result a history holds.
    static func recorded(in history: [RunEvent]) -> Set<Execution> {
        Set(
            history.compactMap { event in
                switch event.fact {
                case .taskCompleted(let node, let attempt, _, _), .taskFailed(let node, let attempt, _):
                    Execution(node: node, attempt: attempt)
                default: nil
                }
            })
    }
}

/// The tries that were made, in order.
public final class ExecutionLog: Sendable {
    private let executions = Mutex<[Execution]>([])

    /// A log without tries.
    public init() {}

    /// What was tried.
    public var all: [Execution] { executions.withLock { $0 } }

    func add(_ execution: Execution) {
        executions.withLock { $0.append(execution) }
    }
}
