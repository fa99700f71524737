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
    private let interruption: Interruption
    private let person: String

    /// Opens the faces of a home that this process holds.
    init(_ call: Invocation, _ loaded: LoadedSettings, time: any TimeSource = SystemTime()) throws {
        let secrets = try Secrets.load(home: loaded.home, environment: call.environment)
        telemetry = try DeskTelemetry(loaded.home, loaded.settings, secrets: secrets.all, time: time)
        let hub = StreamHub(epoch: RandomBytes.hexadecimal(8), time: time)
        let store = try DeskCalls.store(loaded.home, time: time)
        let home = try WorkflowHome(call, .change, time: time)
        let desk = StoredDesk(home: loaded.home.path, time: time)
        let services = DeskServices(
            time: time, desk: desk, archive: RecordArchive(home: loaded.home.path),
            workflows: DeskHomeServices.workflows(home),
            backtests: try LocalBacktests(loaded, time: time, sink: hub),
            system: LocalSystem(loaded, telemetry, time: time), access: store)
        try DeskMetrics.register(desk, in: telemetry.metrics)
        telemetry.follow(into: hub)
        let parts = HostParts(
            telemetry: telemetry, store: store, hub: hub, hooks: WebhookDoor(home, secrets, time: time).receiver)
        host = try DeskHost(loaded, services, parts, time: time)
        workflows = WorkflowHost(home: home, capacity: loaded.settings.workflow.maxConcurrentTasks)
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
        let (host, interruption, stream, telemetry) = (host, interruption, stream, telemetry)
        telemetry.health.add("workflows")
        telemetry.health.report("workflows", .up)
        try await workflows.serve { service in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await host.run() }
                group.addTask { await stream.follow(service, telemetry.router.log("workflows")) }
                group.addTask { _ = await interruption.wait() }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
    }
}
