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
    let settings: LoadedSettings

    /// Runs to the end of the feed, or until a stop is asked for.
    func run(triggersAreTests: Bool) async throws -> ExitCode {
        let jobs = DeskJobs()
        let home = try WorkflowHome(call, .change)
        let faces = try RunFaces(
            call, settings,
            RunFaces.Scene(plan: plan, stored: stored, speed: scene.speed, home: home, steps: jobs.steps))
        let host = WorkflowHost(
            home: home, capacity: settings.settings.workflow.maxConcurrentTasks, queues: .served,
            triggersAreTests: triggersAreTests, steps: jobs.steps, observations: faces.live.observations)
        return try await host.serve { service in
            try await faces.serve(service) {
                try await drive(faces, DeskWork(jobs, stored, home, service))
            }
        }
    }

    private func drive(_ faces: RunFaces, _ work: DeskWork) async throws -> ExitCode {
        let interruption = call.interruption
        var runner = try DeskRunner(
            plan, stored, feed: feed, history: history, news: news, speed: scene.speed, clock: SystemTime(),
            live: faces.live, work: work, isStopped: { interruption.isRequested })
        let display = faces.logged(try Displays.run(plan, scene, call.console))
        try faces.announce(on: call.console)
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
