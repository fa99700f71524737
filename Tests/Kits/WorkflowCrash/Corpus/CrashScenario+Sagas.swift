import Determinism
import WorkflowEngine
import WorkflowModel

extension CrashScenario {
    static func sagas() throws -> [CrashScenario] {
        [
            try CrashScenario(
                "saga that fails and undoes", [saga()], ends: .failed,
                behaviour: { order in order.type == "notify" ? .failed(mayRetry: false) : .done }),
            try CrashScenario(
                "saga whose undoing fails at first and for good", [saga()], ends: .failed,
                behaviour: { order in
                    switch order.type {
                    case "notify": .failed(mayRetry: false)
                    case "un-order": .failed(mayRetry: false)
                    case "un-reserve": order.key.attempt == 1 ? .failed() : .done
                    default: .done
                    }
                }),
            try CrashScenario(
                "saga whose undoing takes too long", [saga()], ends: .failed,
                behaviour: { order in
                    if order.type == "un-order" { return .lost }
                    return order.type == "notify" ? .failed(mayRetry: false) : .done
                }),
            try CrashScenario(
                "saga of which nobody knows whether a step was done", [saga()], ends: .failed,
                behaviour: { order in order.type == "order" ? .lost : .done }),
            try CrashScenario(
                "saga that is cancelled", [saga()], ends: .cancelled,
                [
                    .start("w"),
                    ScriptedRequest(
                        .cancel(RunID("r"), reason: "enough"), .seen(RunID("r"), fact: "taskStarted", subject: "order")),
                ]),
        ]
    }

    private static func saga() -> WorkflowDefinition {
        WorkflowDefinition(
            "w",
            tasks: [
                undoable("reserve", attempts: 2), undoable("order", after: ["reserve"]),
                undoable("update", after: ["order"]), work("notify", after: ["update"]),
            ])
    }
}
