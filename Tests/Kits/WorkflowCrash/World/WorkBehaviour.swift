public import WorkflowEngine
public import WorkflowModel

/// What one try of a task's work comes to in a test.
public struct WorkBehaviour: Sendable, Hashable {
    /// How the try ends.
    public enum Ending: Sendable, Hashable {
        /// With an output; nil for one that says what the work was told.
        case output(Value?)
        /// With a failure.
        case failure(TaskFailure)
        /// Never.
        case hang
    }

    /// How the try ends.
    public var ending: Ending
    /// How long it takes.
    public var delay: Duration
    /// Whether something outside has changed then; for work that hangs, at its beginning.
    public var hasEffect: Bool
    /// Whether it ends early when it is asked to.
    public var isCooperative = true

    /// A try.
    public init(_ ending: Ending, after delay: Duration = .seconds(1), hasEffect: Bool = true) {
        self.ending = ending
        self.delay = delay
        self.hasEffect = hasEffect
    }

    /// Work that is done after a second.
    public static let done = WorkBehaviour(.output(nil))
    /// Work that never comes back, although it had its effect.
    public static let lost = WorkBehaviour(.hang)

    /// Work that fails after a second without an effect.
    public static func failed(_ code: String = "error", mayRetry: Bool = true) -> WorkBehaviour {
        WorkBehaviour(.failure(TaskFailure(code: code, "no", mayRetry: mayRetry)), hasEffect: false)
    }
}

extension TaskOrder {
    /// What work that does what it is told puts out.
    var echo: Value {
        ["key": .text(idempotencyKey), "ok": true, "saw": .list(results.keys.sorted().map(Value.text))]
    }

    /// What work that does what it is told changes outside: the same for every try.
    var content: String {
        let told = (try? params.json()).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let seen = results.keys.sorted().map { "\($0)=\(String(decoding: results[$0] ?? [], as: UTF8.self))" }
        return "\(type) \(told) [\(seen.joined(separator: ", "))]"
    }
}
