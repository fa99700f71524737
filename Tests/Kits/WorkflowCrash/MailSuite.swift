import Determinism
public import TaskQueues
import Testing
public import WorkflowEngine
import WorkflowModel

/// Kills a world that lives from a queue at every commit and at every operation on the queue.
///
/// Three messages are sent; the work of the second fails for good every time, so it ends among the dead letters.
public enum MailSuite {
    /// Checks over journals with the queues beside them, made by `make`; returns how many worlds were lived through.
    @discardableResult
    public static func check(make: () throws -> (any Journal, any TaskQueue)) throws -> Int {
        let undisturbed = try live(.scripted([:]), make())
        #expect(try flaws(undisturbed) == [])
        let expected = effects(undisturbed)
        #expect(expected.count == 6)
        for number in 1...max(1, undisturbed.commits) {
            for moment in Fate.Moment.allCases {
                let world = try live(.scripted([number: moment]), make())
                let found = try flaws(world)
                #expect(found == [], "killed \(moment) operation \(number)")
                #expect(effects(world) == expected, "killed \(moment) operation \(number)")
                guard found == [], effects(world) == expected else { return number }
            }
        }
        return 2 * undisturbed.commits + 1
    }

    private static func live(_ fate: Fate, _ store: (any Journal, any TaskQueue)) throws -> EngineWorld {
        let definition = WorkflowDefinition(
            "w",
            tasks: [
                CrashScenario.work("a"), CrashScenario.undoable("b", after: ["a"]),
                CrashScenario.work("c", after: ["b"]),
            ])
        let setup = EngineWorld.Setup(plans: [try WorkflowPlan(definition)], requests: []) { order in
            order.type == "a" && order.input["of"] == "m2" ? .failed("rejected", mayRetry: false) : .done
        }
        var world = EngineWorld(setup, journal: store.0, fate: fate)
        let messages = ["m1", "m2", "m3"].map { NewMessage(MessageID($0), kind: "signal") }
        world.mail = try Mail(messages, for: "w", on: store.1)
        try world.live(atMost: 2_000)
        return world
    }

    /// What is wrong at the end, whichever way it came about.
    private static func flaws(_ world: EngineWorld) throws -> [String] {
        var found = world.complaints + HistoryCheck.problems(world)
        guard let mail = world.mail else { return found + ["there was no mail"] }
        if try mail.names(on: Mail.queue) != [] { found.append("left: \(try mail.names(on: Mail.queue))") }
        if try mail.names(on: Mail.success) != ["m1", "m3"] {
            found.append("acknowledged: \(try mail.names(on: Mail.success))")
        }
        if try mail.names(on: .deadLetters) != ["m2"] {
            found.append("given up: \(try mail.names(on: .deadLetters))")
        }
        for message in ["m1", "m2", "m3"] {
            let ends = world.histories.filter { Self.message($0.key.text) == message }.map(\.value.last?.kind)
            if ends.contains(where: { $0 != "runFinished" }) { found.append("a run of '\(message)' did not end") }
        }
        return found
    }

    /// What was done outside for each message and task, and under how many keys: once each where all is well.
    private static func effects(_ world: EngineWorld) -> [String: Int] {
        var counts: [String: Int] = [:]
        for key in world.ledger.order {
            let parts = key.split(separator: "/").map(String.init)
            guard parts.count == 3 else { continue }
            counts["\(message("\(parts[0])/\(parts[1])")) \(parts[2])", default: 0] += 1
        }
        return counts
    }

    private static func message(_ run: String) -> String {
        String(run.dropFirst("\(Mail.queue)/".count).prefix { $0 != "#" })
    }
}
