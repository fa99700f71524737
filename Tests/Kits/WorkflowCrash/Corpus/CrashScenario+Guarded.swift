import Determinism
import WorkflowEngine
import WorkflowModel

extension CrashScenario {
    private static let policy = BreakerPolicy(
        failureThreshold: 2, timeout: .seconds(60), resetTimeout: .seconds(100))

    static func guarded() throws -> [CrashScenario] {
        [
            try CrashScenario(
                "circuit breaker as a step", [stepped()], ends: .failed, starts(),
                behaviour: { order in order.type == "call" ? failing(until: "r3", order) : .done }),
            try CrashScenario(
                "circuit breaker around a type", [typed()], ends: .failed, starts(),
                behaviour: { order in order.type == "call" ? failing(until: "r3", order) : .done }),
        ]
    }

    /// Runs one after the other: two that fail, one that finds the breaker open, one that closes it, one more.
    private static func starts() -> [ScriptedRequest] {
        let moments: [Int64] = [0, 10, 20, 150, 200]
        return moments.enumerated().map { number, moment in
            ScriptedRequest(.start(RunRequest("w", as: RunID("r\(number)"))), .after(.seconds(moment)))
        }
    }

    private static func failing(until run: String, _ order: TaskOrder) -> WorkBehaviour {
        order.key.run < RunID(run) ? .failed(mayRetry: false) : .done
    }

    private static func stepped() -> WorkflowDefinition {
        let call = work("call", after: ["guard"]) { $0.condition = try? Condition("circuit_status != 'open'") }
        let other = work("fallback", after: ["guard"]) { $0.condition = try? Condition("circuit_status == 'open'") }
        return WorkflowDefinition("w", tasks: [TaskDefinition("guard", .circuitBreaker(policy)), call, other])
    }

    private static func typed() -> WorkflowDefinition {
        WorkflowDefinition("w", tasks: [work("call") { $0.breaker = policy }, work("after", after: ["call"])])
    }
}
