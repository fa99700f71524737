import Access
import Configuration
import DeskCommands
import Determinism
import Networking
import Server
import Telemetry
import TradingDesk

/// The faces of a run that goes on in this process.
struct RunFaces {
    /// The desk as the faces see it.
    let live: LiveDesk
    /// Where they are served; nil where the settings want nothing served.
    private let host: DeskHost?
    private let telemetry: DeskTelemetry
    private let hub: StreamHub
    private let person: String

    /// Opens the faces of a run, whose process holds the home already.
    init(
        _ call: Invocation, _ loaded: LoadedSettings, _ plan: DeskPlan, _ stored: StoredRun, speed: Double?,
        time: any TimeSource = SystemTime()
    ) throws {
        let secrets = try Secrets.load(home: loaded.home, environment: call.environment)
        telemetry = try DeskTelemetry(loaded.home, loaded.settings, secrets: secrets.all, time: time)
        hub = StreamHub(epoch: RandomBytes.hexadecimal(8), time: time)
        live = LiveDesk(plan, stored, speed: speed, process: ProcessNumber.own, time: time, sink: hub)
        person = DeskCalls.person(call)
        guard loaded.settings.server.enabled else {
            host = nil
            return
        }
        let store = try DeskCalls.store(loaded.home, time: time)
        let home = try WorkflowHome(call, .change, time: time)
        let services = DeskServices(
            time: time, desk: live, archive: RecordArchive(stored.audit), workflows: DeskHomeServices.workflows(home),
            backtests: try LocalBacktests(loaded, time: time, sink: hub),
            system: LocalSystem(loaded, telemetry, time: time), access: store)
        try DeskMetrics.register(live, in: telemetry.metrics)
        telemetry.follow(into: hub)
        let parts = HostParts(
            telemetry: telemetry, store: store, hub: hub,
            hooks: WebhookDoor(home, secrets, time: time).receiver)
        host = try DeskHost(loaded, services, parts, time: time)
    }

    /// Says where the dashboard is: with a link that opens it once where a person reads it, and nowhere else.
    func announce(on console: Console) throws {
        guard let host, !console.isJSON else { return }
        console.note("Dashboard: " + (console.profile.isTerminal ? try host.loginLink(for: person) : host.url))
    }

    /// A display that writes to the log what it shows.
    func logged(_ display: any Display) -> any Display {
        LoggedDisplay(display, telemetry.router.log("desk"), run: live.run)
    }

    /// Serves while something goes on; that goes on also where serving comes to an early end, which the log tells.
    func serve<Result>(while body: () async throws -> Result) async throws -> Result {
        guard let host else { return try await body() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let (health, log) = (telemetry.health, telemetry.router.log("desk"))
            health.add("desk")
            health.report("desk", .up)
            group.addTask {
                do {
                    try await host.run()
                } catch is CancellationError {
                    return
                } catch {
                    log.error("the faces are not served any more", ["error": LogValue("\(error)")])
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }
}
