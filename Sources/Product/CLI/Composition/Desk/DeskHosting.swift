import Determinism
import Foundation
import MarketData
import TradingDesk
import TradingModel

/// Runs a stored desk and serves the home's workflows beside it, whose steps act on the desk.
struct DeskHosting<Source: ResumableFeed & Sendable>: Sendable {
    let plan: DeskPlan
    let stored: StoredRun
    let feed: Source
    let history: [InstrumentHistory]
    let news: DeskDriver<Source>.News
    let scene: RunScene
    let call: Invocation

    /// Runs to the end of the feed, or until a stop is asked for.
    func run(triggersAreTests: Bool) async throws -> ExitCode {
        let time = SystemTime()
        let live = LiveDesk(
            plan, stored, speed: scene.speed, process: ProcessInfo.processInfo.processIdentifier, time: time)
        let home = try WorkflowHome(call, .change)
        let jobs = DeskJobs()
        let host = WorkflowHost(
            home: home, triggersAreTests: triggersAreTests, steps: jobs.steps, observations: live.observations)
        return try await host.serve { service in
            try await drive(live, DeskWork(jobs, stored, home, service), time)
        }
    }

    private func drive(_ live: LiveDesk, _ work: DeskWork, _ time: any TimeSource) async throws -> ExitCode {
        let interruption = call.interruption
        var runner = try DeskRunner(
            plan, stored, feed: feed, history: history, news: news, speed: scene.speed, clock: time, live: live,
            work: work, isStopped: { interruption.isRequested })
        let display = try Displays.run(plan, scene, call.console)
        try display.begin(plan, isResumed: stored.isResumed)
        do {
            let summary = try await runner.run(display)
            try display.settle(runner.state)
            try display.finish(try summary ?? runner.summary(), isComplete: summary != nil)
        } catch is OutputClosed {
            return .done
        }
        return .done
    }
}
