import Testing
import WorkflowCrash
import WorkflowEngine

@Suite("Workflow simulation") struct WorkflowSimulationTests {
    @Test func `whatever happens in whatever order, every promise is kept`() throws {
        for seed in SimulationRange.seeds {
            let problems = try WorkflowSimulation.problems(seed: seed, journal: InMemoryJournal())
            #expect(problems.isEmpty, "\(problems.prefix(5)); reproduce: \(SimulationRange.command(seed))")
        }
    }

    @Test func `the same number gives the same bytes`() throws {
        for seed in SimulationRange.seeds.prefix(20) {
            let texts = try (0..<2).map { _ in
                var simulation = try WorkflowSimulation(seed: seed, journal: InMemoryJournal())
                try simulation.live()
                return simulation.text
            }
            #expect(texts[0] == texts[1], "reproduce: \(SimulationRange.command(seed))")
        }
    }
}
