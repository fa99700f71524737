import Determinism
import WorkflowEngine
import WorkflowModel

extension CrashScenario {
    static func people() throws -> [CrashScenario] {
        [
            try asking("approval", ends: .completed, isApproved: true),
            try asking("approval that is refused", ends: .failed, isApproved: false),
            try CrashScenario(
                "approval that nobody gives", [asked()], ends: .failed),
            try CrashScenario(
                "adjusted in the middle", [WorkflowDefinition("w", tasks: [work("a"), work("b", after: ["a"])])],
                [
                    .start("w"),
                    ScriptedRequest(
                        .adjust(
                            RunID("r"),
                            RunAdjustment(
                                reason: "volatility", timeoutFactor: 0.5, checks: [.init("check", type: "check")])),
                        .seen(RunID("r"), fact: "taskStarted", subject: "a")),
                ]),
        ]
    }

    private static func asked() -> WorkflowDefinition {
        WorkflowDefinition(
            "w",
            tasks: [
                work("a"), TaskDefinition("ask", .approval, params: ["prompt": "go on?"], after: ["a"]),
                work("b", after: ["ask"]), TaskDefinition("pause", .wait(.seconds(20)), after: ["a"]),
                work("c", after: ["pause"]),
            ])
    }

    private static func asking(
        _ name: String, ends status: RunOutcome.Status, isApproved: Bool
    ) throws -> CrashScenario {
        let answer = Approval(run: RunID("r"), task: "ask", isApproved: isApproved, by: "somebody")
        return try CrashScenario(
            name, [asked()], ends: status,
            [
                .start("w"),
                ScriptedRequest(.answer(answer), .seen(RunID("r"), fact: "taskStarted", subject: "ask")),
            ])
    }
}
