import Access
import DeskCommands
import Determinism
import Telemetry
import WorkflowEngine

/// The faces of a home where no desk runs, with its workflows.
struct HomeFaces {
    private let host: DeskHost
    private let workflows: WorkflowHost
    private let stream: WorkflowStream
    private let telemetry: DeskTelemetry
    private let watch: HealthWatch
    private let interruption: Interruption
    private let person: String
    private let alerting: Alerting

    /// Opens the faces of a home that this process holds.
    init(_ call: Invocation, _ loaded: LoadedSettings, time: any TimeSource = SystemTime()) throws {
        let secrets = try Secrets.load(home: loaded.home, environment: call.environment)
        telemetry = try DeskTelemetry(loaded.home, loaded.settings, secrets: secrets.all, time: time)
        alerting = Alerting(loaded, telemetry, run: nil, isSimulated: nil, time: time)
        let hub = StreamHub(epoch: RandomBytes.hexadecimal(8), time: time)
        let store = try DeskCalls.store(loaded.home, time: time)
        let home = try WorkflowHome(call, .change, time: time)
        let desk = StoredDesk(home: loaded.home.path, time: time)
        let archive = RecordArchive(home: loaded.home.path)
        watch = HealthWatch(
            [.record(archive), .desk(desk), .workflows(home), .log(telemetry), .disk(loaded.home)], telemetry.health,
            telemetry.router.log("health"), time: time)
        let system = LocalSystem(loaded, telemetry, time: time, watch: watch)
        let services = DeskServices(
            time: time, desk: desk, archive: archive,
            workflows: DeskHomeServices.workflows(home),
            backtests: try LocalBacktests(loaded, time: time, sink: hub),
            system: system, access: store)
        try DeskMetrics.register(desk, in: telemetry.metrics)
        telemetry.follow(into: hub)
        let parts = HostParts(
            telemetry: telemetry, store: store, hub: hub, hooks: WebhookDoor(home, secrets, time: time).receiver)
        let host = try DeskHost(loaded, services, parts, time: time)
        system.count { host.connections }
        self.host = host
        workflows = WorkflowHost(
            home: home, capacity: loaded.settings.workflow.maxConcurrentTasks, queues: .made)
        stream = WorkflowStream(
            journal: home.journal, hub: hub, metrics: try WorkflowMetrics(home, in: telemetry.metrics))
        interruption = call.interruption
        person = DeskCalls.person(call)
    }

    /// Says where the dashboard is.
    func announce(on console: Console) throws {
        guard !console.isJSON else { return try console.print(["type": "serving", "url": .text(host.url)]) }
        let link = console.profile.isTerminal ? try host.loginLink(for: person) : host.url
        try console.print("Dashboard: \(link); Ctrl-C stops")
    }

    /// Serves until a person wishes it to end.
    func serve() async throws {
        let (host, interruption, stream, telemetry, watch) = (host, interruption, stream, telemetry, watch)
        watch.look()
        try await workflows.serve { [alerting] service in
            try await alerting.serve(service) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await host.run() }
                    group.addTask { await stream.follow(service, telemetry.router.log("workflows")) }
                    group.addTask { try await watch.run() }
                    group.addTask { _ = await interruption.wait() }
                    defer { group.cancelAll() }
                    try await group.next()
                }
            }
        }
    }
}
