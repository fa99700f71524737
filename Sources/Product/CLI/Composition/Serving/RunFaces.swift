import Access
import Configuration
import DeskCommands
import Determinism
import Networking
import Server
import Telemetry
import TradingDesk
import WorkflowEngine

/// The faces of a run that goes on in this process.
struct RunFaces: Sendable {
    /// What goes on.
    struct Scene {
        let plan: DeskPlan
        let stored: StoredRun
        /// Times as fast as a clock; nil for without waiting.
        let speed: Double?
        let home: WorkflowHome
        /// The steps that are done here.
        let steps: WorkflowSteps
    }

    /// The desk as the faces see it.
    let live: LiveDesk
    /// Where they are served; nil where the settings want nothing served.
    private let host: DeskHost?
    private let telemetry: DeskTelemetry
    private let stream: WorkflowStream
    private let watch: HealthWatch
    private let person: String
    private let alerting: Alerting

    /// Opens the faces of a run, whose process holds the home already.
    init(_ call: Invocation, _ loaded: LoadedSettings, _ scene: Scene, time: any TimeSource = SystemTime()) throws {
        let secrets = try Secrets.load(home: loaded.home, environment: call.environment)
        telemetry = try DeskTelemetry(loaded.home, loaded.settings, secrets: secrets.all, time: time)
        alerting = Alerting(
            loaded, telemetry, run: scene.stored.folder.run, isSimulated: scene.plan.isSimulated, time: time)
        let hub = StreamHub(epoch: RandomBytes.hexadecimal(8), time: time)
        live = LiveDesk(
            scene.plan, scene.stored, speed: scene.speed, process: ProcessNumber.own, time: time, sink: hub)
        stream = WorkflowStream(
            journal: scene.home.journal, hub: hub, metrics: try WorkflowMetrics(scene.home, in: telemetry.metrics))
        person = DeskCalls.person(call)
        let archive = try scene.stored.archive
        let anchor = scene.stored.heads.map { [HealthWatch.Part.anchor($0)] } ?? []
        watch = HealthWatch(
            [.record(archive), .desk(live), .workflows(scene.home), .log(telemetry), .disk(loaded.home)] + anchor,
            telemetry.health, telemetry.router.log("health"), time: time)
        guard loaded.settings.server.enabled else {
            host = nil
            return
        }
        let store = try DeskCalls.store(loaded.home, time: time)
        let system = LocalSystem(loaded, telemetry, time: time, watch: watch)
        let services = DeskServices(
            time: time, desk: live, archive: archive,
            workflows: DeskHomeServices.workflows(scene.home, steps: scene.steps),
            backtests: try LocalBacktests(loaded, time: time, sink: hub),
            system: system, access: store)
        try DeskMetrics.register(live, in: telemetry.metrics)
        telemetry.follow(into: hub)
        let hooks = WebhookDoor(scene.home, secrets, time: time).receiver
        let host = try DeskHost(
            loaded, services, HostParts(telemetry: telemetry, store: store, hub: hub, hooks: hooks), time: time)
        system.count { host.connections }
        self.host = host
    }

    /// Says where the dashboard is: with a link that opens it once where a person reads it, and nowhere else.
    func announce(on console: Console) throws {
        guard let host, !console.isJSON else { return }
        console.note("Dashboard: " + (console.profile.isTerminal ? try host.loginLink(for: person) : host.url))
    }

    /// A display that writes to the log what it shows.
    func logged(_ display: any Display) -> any Display {
        LoggedDisplay(display, telemetry.router.log("desk"), run: live.run, alerts: alerting.desk)
    }

    /// Serves while something goes on; that goes on also where serving comes to an early end, which the log tells.
    func serve<Result: Sendable>(
        _ service: WorkflowService, while body: () async throws -> Result
    ) async throws -> Result {
        try await alerting.serve(service) { try await serveFaces(service, while: body) }
    }

    private func serveFaces<Result: Sendable>(
        _ service: WorkflowService, while body: () async throws -> Result
    ) async throws -> Result {
        guard let host else { return try await body() }
        let (telemetry, stream, watch) = (telemetry, stream, watch)
        watch.look()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await host.runToTheEnd() }
            group.addTask { await stream.follow(service, telemetry.router.log("workflows")) }
            group.addTask { try await watch.run() }
            defer { group.cancelAll() }
            return try await body()
        }
    }
}
