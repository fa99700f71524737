import Determinism
import WorkflowEngine
import WorkflowModel

extension CrashScenario {
    static func graphs() throws -> [CrashScenario] {
        [
            try CrashScenario(
                "chain",
                [WorkflowDefinition("w", tasks: [work("a"), work("b", after: ["a"]), work("c", after: ["b"])])]
            ),
            try CrashScenario(
                "diamond",
                [
                    WorkflowDefinition(
                        "w",
                        tasks: [
                            work("a"), work("b", after: ["a"]), work("c", after: ["a"]),
                            TaskDefinition("d", .join, after: ["b", "c"]), work("e", after: ["d"]),
                        ])
                ]),
            try fanOut(),
            try CrashScenario(
                "conditions",
                [
                    WorkflowDefinition(
                        "w",
                        tasks: [
                            work("a"),
                            work("yes", after: ["a"]) { $0.condition = try? Condition("a.ok == true") },
                            work("no", after: ["a"]) { $0.condition = try? Condition("a.ok == false") },
                            work("wrong", after: ["a"]) { $0.condition = try? Condition("a.ok + 1 > 2") },
                            work("end", after: ["yes", "no"]),
                            work("blocked", after: ["wrong"]),
                        ])
                ], ends: .failed),
            try nested(), try cached(), try forked(),
        ]
    }

    private static func fanOut() throws -> CrashScenario {
        let names = (0..<7).map { "f\($0)" }
        let middle = names.map { name in work(name, after: ["a"]) { $0.priority = name == "f6" ? .critical : .low } }
        return try CrashScenario(
            "wide fan-out under a limit",
            [
                WorkflowDefinition(
                    "w", concurrency: 2, tasks: [work("a")] + middle + [TaskDefinition("z", .join, after: names)])
            ], capacity: 3, [.start("w", as: "r"), .start("w", as: "s")],
            behaviour: { order in WorkBehaviour(.output(nil), after: .seconds(order.type == "f1" ? 5 : 2)) })
    }

    private static func nested() throws -> CrashScenario {
        try CrashScenario(
            "subprocesses two deep",
            [
                WorkflowDefinition(
                    "w",
                    tasks: [
                        work("a"), TaskDefinition("s", .subprocess(workflow: "middle"), after: ["a"]),
                        work("z", after: ["s"]),
                    ]),
                WorkflowDefinition(
                    "middle",
                    tasks: [
                        work("b"), TaskDefinition("t", .subprocess(workflow: "inner"), after: ["b"]),
                        TaskDefinition("j", .join, after: ["t"]),
                    ]),
                WorkflowDefinition("inner", tasks: [work("c"), work("d")]),
            ])
    }

    private static func cached() throws -> CrashScenario {
        let task = work("a") { $0.cache = CachePolicy(keys: ["symbol"], lifetime: .seconds(600)) }
        let again = ScriptedRequest(
            .start(RunRequest("w", as: RunID("s"), input: ["symbol": "SPY"])),
            .seen(RunID("r"), fact: "runFinished", subject: nil))
        let other = ScriptedRequest(
            .start(RunRequest("w", as: RunID("t"), input: ["symbol": "QQQ"])),
            .seen(RunID("r"), fact: "runFinished", subject: nil))
        return try CrashScenario(
            "cache", [WorkflowDefinition("w", tasks: [task, work("b", after: ["a"])])],
            [.start("w", input: ["symbol": "SPY"]), again, other])
    }

    private static func forked() throws -> CrashScenario {
        let fork = ScriptedRequest(
            .fork(RunID("copy"), of: RunID("r"), from: ["b"]), .seen(RunID("r"), fact: "runFinished", subject: nil))
        return try CrashScenario(
            "fork",
            [
                WorkflowDefinition(
                    "w", tasks: [work("a"), work("b", after: ["a"]), work("c", after: ["b"]), work("d", after: ["a"])])
            ], [.start("w"), fork])
    }
}
