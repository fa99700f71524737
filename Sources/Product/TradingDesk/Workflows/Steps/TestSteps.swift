import Determinism
public import WorkflowEngine
public import WorkflowModel

/// Stands in for every type of work in test runs; everything it puts out says that it is SIMULATED.
///
/// What it puts out follows from the type and the params alone. A run's input can ask for trouble: `fail` lists tasks
/// that fail for good, `fail_attempts` says how often a task fails before it succeeds.
public struct TestSteps: TaskHandler {
    /// Work that is only simulated.
    public init() {}

    public func perform(_ order: TaskOrder) async throws -> Value {
        guard order.isTest else {
            throw TaskFailure(
                code: "no_handler", "nobody does work of the type '\(order.type)'; only test runs simulate it",
                mayRetry: false)
        }
        try TestSteps.failAsAsked(order)
        var output = TestSteps.output(order)
        output["source"] = "SIMULATED"
        output["type"] = .text(order.type)
        if let agent = order.agent { output["agent"] = .text(agent) }
        return .object(output)
    }

    static func failAsAsked(_ order: TaskOrder) throws {
        if order.input["fail"]?.list?.contains(.text(order.key.task)) == true {
            throw TaskFailure(code: "simulated", "SIMULATED failure, as the input asks", mayRetry: false)
        }
        let times = order.input["fail_attempts"]?[order.key.task]?.integer ?? 0
        if Int64(order.key.attempt) <= times {
            throw TaskFailure(code: "simulated", "SIMULATED failure \(order.key.attempt) of \(times)")
        }
    }

    private static func output(_ order: TaskOrder) -> [String: Value] {
        var chance = SeededRandom(seed: 1, stream: "\(order.type) \(text(of: order.params))")
        func figure(_ low: Double, _ high: Double) -> Value {
            .number(((low + chance.uniform() * (high - low)) * 100).rounded() / 100)
        }
        switch order.type {
        case "news_analysis": return ["sentiment": figure(-1, 1), "symbols": order.params["symbols"] ?? .null]
        case "technical_analysis", "market_analysis":
            return ["rsi": figure(20, 80), "indicators": order.params["indicators"] ?? .null]
        case "signal_generation", "generate_trades":
            return ["signal": "HOLD", "confidence": figure(0, 1), "threshold": order.params["threshold"] ?? .null]
        case "trade_execution", "trade": return ["status": "not_sent", "orders": 0]
        case "classify": return ["category": order.input["category"] ?? order.params["categories"]?[0] ?? .null]
        default: return ["params": order.params]
        }
    }

    private static func text(of params: Value) -> String {
        (try? params.json()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
