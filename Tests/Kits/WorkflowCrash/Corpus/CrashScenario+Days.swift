import Determinism
import WorkflowEngine
import WorkflowModel

extension CrashScenario {
    static func days() throws -> [CrashScenario] {
        [
            try CrashScenario("stages, windows and rounds", [day()], [started()]),
            try CrashScenario(
                "a window that closes in the middle", [day()], ends: .failed, [started()],
                behaviour: { order in order.idempotencyKey.hasPrefix("r/watch#2") ? .lost : .done }),
            try CrashScenario(
                "rounds of a subprocess, the last one cut off",
                [parentDay(), WorkflowDefinition("inner", tasks: [work("b"), work("c", after: ["b"])])], ends: .failed,
                [started()],
                behaviour: { order in order.idempotencyKey.hasPrefix("r::sub#3/b") ? .lost : .done }),
            try CrashScenario(
                "a day adjusted in the middle", [day()],
                [
                    started(),
                    ScriptedRequest(
                        .adjust(RunID("r"), RunAdjustment(reason: "VIX", checks: [.init("check", type: "check")])),
                        .seen(RunID("r"), fact: "taskCompleted", subject: "open")),
                ]),
        ]
    }

    private static let spans: [(from: Int64, until: Int64)] = [(10, 100), (110, 160), (160, 400)]

    private static func started() -> ScriptedRequest {
        var request = RunRequest("w", as: RunID("r"))
        request.windows = spans.map { span in
            RunHeader.Window(
                from: EngineWorld.beginning + .seconds(span.from), until: EngineWorld.beginning + .seconds(span.until))
        }
        return ScriptedRequest(.start(request))
    }

    private static func stages() -> [Stage] {
        let window = StageWindow(from: .time(.zero), until: .time(.zero))
        var repeated = window
        repeated.every = .seconds(20)
        return [
            Stage("opening", window: window), Stage("trading", window: repeated), Stage("closing", window: window),
        ]
    }

    private static func day() -> WorkflowDefinition {
        WorkflowDefinition(
            "w", stages: stages(),
            tasks: [
                work("open") { $0.stage = 0 }, work("plan", after: ["open"]) { $0.stage = 0 },
                work("watch") { $0.stage = 1 }, work("trade", after: ["watch"]) { $0.stage = 1 },
                work("close") { $0.stage = 2 }, work("report", after: ["close", "plan"]) { $0.stage = 2 },
            ])
    }

    private static func parentDay() -> WorkflowDefinition {
        var sub = TaskDefinition("sub", .subprocess(workflow: "inner"))
        sub.stage = 1
        return WorkflowDefinition(
            "w", stages: stages(), tasks: [work("open") { $0.stage = 0 }, sub, work("close") { $0.stage = 2 }])
    }
}
