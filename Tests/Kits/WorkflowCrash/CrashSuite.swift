import Determinism
import Testing
public import WorkflowEngine
import WorkflowModel

/// Kills a small world at every commit and compares its end with that of an undisturbed one.
public enum CrashSuite {
    /// Checks one scenario over journals made by `journal`; `twice` kills the process again soon after the first time.
    ///
    /// Returns how many worlds were lived through.
    @discardableResult
    public static func check(
        _ scenario: CrashScenario, twice: Bool = true, journal: () throws -> any Journal
    ) throws -> Int {
        try examine(scenario, twice: twice, journal: journal) { flaw in
            Issue.record("\(scenario.name), \(flaw)")
        }
    }

    /// The same, telling `report` what is wrong.
    public static func examine(
        _ scenario: CrashScenario, twice: Bool = true, journal: () throws -> any Journal,
        report: (String) -> Void
    ) throws -> Int {
        let undisturbed = try live(scenario, .scripted([:]), journal())
        for flaw in undisturbed.complaints + HistoryCheck.problems(undisturbed) { report("undisturbed: \(flaw)") }
        if undisturbed.firstOutcome?.status != scenario.status {
            report("undisturbed: it ended \(undisturbed.firstOutcome.map { "\($0)" } ?? "never")")
        }
        let fates = fates(undisturbed.commits, twice: twice)
        for fate in fates {
            let world = try live(scenario, .scripted(fate), journal())
            let flaws = differences(world, undisturbed)
            for flaw in flaws { report("killed at \(fate): \(flaw)") }
            guard flaws.isEmpty else { break }
        }
        return fates.count + 1
    }

    private static func fates(_ commits: Int, twice: Bool) -> [[Int: Fate.Moment]] {
        guard commits > 0 else { return [] }
        let once = (1...commits).flatMap { number in Fate.Moment.allCases.map { [number: $0] } }
        guard twice else { return once }
        // In recovery most commits are alike: of the second deaths the short suite takes every other one.
        let further: [(later: Int, moment: Fate.Moment)] =
            SimulationRange.isHeavy
            ? [(1, .before), (1, .after), (2, .before), (2, .after)] : [(1, .after), (2, .before)]
        return once
            + once.flatMap { fate in
                let first = fate.keys.first ?? 0
                return further.map { fate.merging([first + $0.later: $0.moment]) { old, _ in old } }
            }
    }

    private static func live(_ scenario: CrashScenario, _ fate: Fate, _ journal: any Journal) throws -> EngineWorld {
        var world = EngineWorld(scenario.setup, journal: journal, fate: fate)
        try world.live(atMost: 2_000)
        return world
    }

    /// What is otherwise than in an undisturbed world.
    static func differences(_ world: EngineWorld, _ undisturbed: EngineWorld) -> [String] {
        var found = world.complaints + world.ledger.contradictions
        if world.ledger.contents != undisturbed.ledger.contents {
            found.append("done outside: \(world.ledger.order); undisturbed \(undisturbed.ledger.order)")
        }
        for run in Set(world.histories.keys).union(undisturbed.histories.keys).sorted() {
            let lines = UndisturbedHistory.facts(world.histories[run] ?? [])
            let expected = UndisturbedHistory.facts(undisturbed.histories[run] ?? [])
            for subject in Set(lines.keys).union(expected.keys).sorted() where lines[subject] != expected[subject] {
                found.append(
                    "'\(run)' '\(subject)': \(lines[subject] ?? []); undisturbed \(expected[subject] ?? [])")
            }
        }
        found += HistoryCheck.problems(world)
        return found
    }
}

extension EngineWorld {
    /// How the first run by name ended; nil where it has not.
    fileprivate var firstOutcome: RunOutcome? {
        guard case .runFinished(let outcome)? = histories.min(by: { $0.key < $1.key })?.value.last?.fact else {
            return nil
        }
        return outcome
    }
}
