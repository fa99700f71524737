import Access
import Configuration
import DeskCommands
import Determinism
import Foundation
import MCP
import Networking
import Server
import Synchronization
import Telemetry
import TradingDesk

/// Serves a home's commands through every face: dashboard, REST, WebSocket, MCP and the terminals of this machine.
struct DeskHost: Sendable {
    private let home: HomeFolder
    private let server: DeskServer
    private let store: AccessStore
    private let endpoint: MCPEndpoint
    private let local: LocalToken
    private let telemetry: DeskTelemetry

    /// Takes the port and tells this machine's terminals where it is.
    init(_ loaded: LoadedSettings, _ services: DeskServices, _ parts: HostParts, time: any TimeSource) throws {
        home = loaded.home
        telemetry = parts.telemetry
        store = parts.store
        let box = TokenBox()
        let performer = CommandService(
            services, ledger: RedactingLedger(ledger: store.ledger, redactor: telemetry.redactor))
        let limits = RateLimiter(
            perSecond: Int(loaded.settings.server.rateLimit), burst: Int(loaded.settings.server.rateLimit) * 2)
        let gate = AccessGate(store, rates: limits, log: telemetry.router.log("access")) { box.token }
        endpoint = MCPEndpoint(
            services: MCPServices(performer: performer, time: time, version: CommandTree.version))
        var served = ServerParts(
            commands: performer, gate: gate, hub: parts.hub, time: time, metrics: telemetry.metrics,
            log: telemetry.router.log("http"), seed: RandomBytes.make(8).reduce(0) { $0 << 8 | UInt64($1) })
        served.mcp = ModelDoor(endpoint: endpoint)
        served.facts = { DeskHost.facts(services) }
        served.readiness = { [health = telemetry.health] in health.ready ? "ok" : "waiting" }
        served.hooks = parts.hooks
        server = try DeskHost.server(loaded, served)
        self.local = try LocalToken.publish(url: server.url, home: home.path)
        box.token = self.local
    }

    /// How many connections are open.
    var connections: Int { server.statistics.connectionsOpen }

    /// Where it is reached.
    var url: String { server.url }

    /// A link that opens the dashboard once.
    func loginLink(for person: String) throws -> String {
        "\(server.url)/login/\(try store.sessionBook.createLink(for: Person(person, .admin)))"
    }

    /// Serves until cancelled.
    func run() async throws {
        let log = telemetry.router.log("desk")
        log.info("serving", ["url": .text(server.url), "version": .text(CommandTree.version)])
        defer { withdraw(log) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [server] in try await server.run() }
            group.addTask { [store] in try await store.run() }
            defer { group.cancelAll() }
            try await group.next()
        }
        await endpoint.close()
        await telemetry.router.flush()
    }

    /// Serves until cancelled; where serving comes to an early end, the log tells.
    func runToTheEnd() async {
        do {
            try await run()
        } catch is CancellationError {
            return
        } catch {
            telemetry.router.log("desk").error("the faces are not served any more", ["error": .text("\(error)")])
        }
    }

    private func withdraw(_ log: Log) {
        do {
            try local.withdraw(home: home.path)
        } catch {
            log.error("the file that tells terminals where the desk is cannot be removed", ["error": .text("\(error)")])
        }
    }

    /// A server on the port that is asked for; where none was asked for, and the usual one is taken, on the next free one.
    private static func server(_ loaded: LoadedSettings, _ parts: ServerParts) throws -> DeskServer {
        var configuration = configuration(loaded.settings)
        let isChosen = loaded.values.contains { $0.path == ["server", "port"] && $0.origin != .default }
        let last = isChosen ? configuration.port : configuration.port + 50
        while true {
            do {
                return try DeskServer(configuration, parts)
            } catch let error as NetworkingError where error.code == .addressInUse && configuration.port < last {
                configuration.port += 1
            }
        }
    }

    /// What greetings say; where the desk cannot be read they say that nothing is known, and the commands say why.
    private static func facts(_ services: DeskServices) -> DeskFacts {
        let picture = try? services.desk.picture()
        return DeskFacts(isSimulated: picture?.plan.isSimulated, run: picture?.run)
    }

    private static func configuration(_ settings: Settings) -> ServerConfiguration {
        let server = settings.server
        var configuration = ServerConfiguration()
        configuration.address = server.address
        configuration.port = UInt16(server.port)
        configuration.allowedHosts = server.allowedHosts
        configuration.servesMetrics = settings.monitoring.metricsEnabled
        configuration.version = CommandTree.version
        configuration.assetFolder = ProcessInfo.processInfo.environment["BELLWETHER_ASSETS"]
        if let certificate = server.certificate, let key = server.certificateKey {
            configuration.tls = .init(certificatePath: certificate, keyPath: key)
        }
        return configuration
    }
}

/// What a host works with beside the services of commands.
struct HostParts: Sendable {
    /// Log, figures and health.
    var telemetry: DeskTelemetry
    /// Keys, sessions and the record of access.
    var store: AccessStore
    /// What happens.
    var hub: StreamHub
    /// What takes signed messages; nil where nobody serves workflows.
    var hooks: HookReceiver?
}

/// The token that terminals show, known once the port is.
private final class TokenBox: Sendable {
    private let box = Mutex<LocalToken?>(nil)

    var token: LocalToken? {
        get { box.withLock { $0 } }
        set { box.withLock { $0 = newValue } }
    }
}

/// The models' door behind the server's guards.
private struct ModelDoor: AuthenticatedHandler {
    let endpoint: MCPEndpoint

    func answer(_ request: HTTPRequest, from caller: Caller, trace: String) async -> HTTPResponse {
        await endpoint.answer(request, by: caller)
    }
}
