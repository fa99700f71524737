import Determinism
import WorkflowEngine
import WorkflowModel

extension CrashScenario {
    static func troubles() throws -> [CrashScenario] {
        [
            try CrashScenario(
                "retries that help", [chain(attempts: 4)],
                behaviour: { order in order.type == "b" && order.key.attempt < 3 ? .failed("rate_limit") : .done }),
            try CrashScenario(
                "retries used up", [chain(attempts: 3)], ends: .failed,
                behaviour: { order in order.type == "b" ? .failed() : .done }),
            try CrashScenario(
                "a timeout that the second try makes good", [chain(attempts: 2)],
                behaviour: { order in order.type == "b" && order.key.attempt == 1 ? .lost : .done }),
            try CrashScenario(
                "a timeout for good", [chain(attempts: 2)], ends: .failed,
                behaviour: { order in order.type == "b" ? .lost : .done }),
            try CrashScenario(
                "a run that takes too long", [short()], ends: .timedOut,
                behaviour: { order in order.type == "b" ? .lost : .done }),
            try CrashScenario(
                "cancelled in the middle", [chain(attempts: 2)], ends: .cancelled,
                [
                    .start("w"),
                    ScriptedRequest(
                        .cancel(RunID("r"), reason: "enough"), .seen(RunID("r"), fact: "taskStarted", subject: "b")),
                ]),
            try CrashScenario(
                "a subprocess that fails",
                [
                    WorkflowDefinition(
                        "w",
                        tasks: [
                            TaskDefinition("s", .subprocess(workflow: "inner")), work("z", after: ["s"]), work("y"),
                        ]),
                    WorkflowDefinition("inner", tasks: [work("b")]),
                ], ends: .failed, behaviour: { order in order.type == "b" ? .failed(mayRetry: false) : .done }),
        ]
    }

    private static func chain(attempts: Int) -> WorkflowDefinition {
        WorkflowDefinition(
            "w",
            tasks: [
                work("a"),
                work("b", after: ["a"], attempts: attempts) { $0.timeout = .seconds(30) },
                work("c", after: ["b"]), work("d", after: ["a"]),
            ])
    }

    private static func short() -> WorkflowDefinition {
        var definition = chain(attempts: 1)
        definition.timeout = .seconds(20)
        return definition
    }
}
