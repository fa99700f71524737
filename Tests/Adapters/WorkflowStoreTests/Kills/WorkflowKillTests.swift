import ScratchFolders
import Testing
import WorkflowCrash
import WorkflowKills

@Suite struct WorkflowKillTests {
    @Test func `processes killed at random under load lose nothing they acknowledged and do nothing twice`() throws {
        let folder = try ScratchFolder()
        let start = ContinuousClock.now
        var client = KillClient(seed: SimulationRange.isOne ? SimulationRange.seeds.lowerBound : 2026)
        for _ in 0..<(SimulationRange.isHeavy ? 200 : 12) {
            try #require(try client.killOne(in: folder.path), "a worker ended by itself")
        }
        let status = try client.finish(in: folder.path)
        try #require(status == 0, "the last worker did not do all that was left")
        let judge = try KillJudge(client, in: folder.path)
        #expect(judge.problems.isEmpty, "\(judge.problems.count): \(judge.problems.prefix(10))")
        #expect(client.acknowledged.count > client.kills)
        #expect(judge.restarts > 0, "no kill has cut anything off")
        guard SimulationRange.isHeavy else { return }
        print(
            """
            \(client.kills) kills: \(client.requests.count) requests, \(client.acknowledged.count) acknowledged, \
            \(client.repeats) asked for again; \(judge.count) runs, \(judge.tasks) tasks, \(judge.tries) tries, \
            \(judge.effects) effects, \(judge.restarts) cut off, \(ContinuousClock.now - start)
            """)
    }

    @Test func `a dead worker hears nothing`() throws {
        let folder = try ScratchFolder()
        let worker = try WorkerProcess(in: folder.path)
        #expect(worker.ask("send message-1"))
        #expect(worker.kill() != nil)
        #expect(!worker.ask("send message-2"))
    }

    @Test func `a lost run, a doubled effect and an effect of no run are noticed`() throws {
        let folder = try ScratchFolder()
        var client = KillClient(seed: 7)
        try #require(try client.finish(in: folder.path) == 0)
        #expect(try KillJudge(client, in: folder.path).problems == [])
        let effects = try EffectFolder(in: folder.path)
        let key = try #require(try effects.keys().min())
        try effects.perform("\(key)#2")
        try effects.perform(key)
        client.claim("chain-9")
        let problems = try KillJudge(client, in: folder.path).problems
        #expect(problems.contains { $0.contains("'chain-9' is lost") })
        #expect(problems.contains { $0.contains("#2' was done for no run") })
        #expect(problems.contains { $0.contains("tried 2 times and begun 1 times") })
    }
}
