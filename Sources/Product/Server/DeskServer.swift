import DeskCommands
import Determinism
public import Networking
import Telemetry

/// The desk over HTTP and WebSocket, on one port.
public final class DeskServer: Sendable {
    private let server: HTTPServer
    private let hub: StreamHub
    private let calls: CallRunner
    private let configuration: ServerConfiguration

    /// Takes the port; throws a `ServerError` or `NetworkingError` that says what is wrong with the configuration.
    public init(_ configuration: ServerConfiguration, _ parts: ServerParts) throws {
        try DeskServer.check(configuration, parts)
        self.configuration = configuration
        hub = parts.hub
        calls = CallRunner()
        let face = try RESTFace(
            parts, configuration, assets: AssetLibrary(folder: configuration.assetFolder), calls: calls)
        var http = configuration.http
        http.address = configuration.address == "localhost" ? "127.0.0.1" : configuration.address
        http.port = configuration.port
        http.tls = configuration.tls
        server = try HTTPServer(http, handler: face, time: parts.time)
        try DeskServer.observe(server, parts.metrics)
    }

    /// Where it is reached.
    public var url: String {
        let host = configuration.address.contains(":") ? "[\(configuration.address)]" : configuration.address
        return "\(configuration.tls == nil ? "http" : "https")://\(host):\(server.port)"
    }

    /// The port that was taken.
    public var port: UInt16 { server.port }

    /// What the socket layer has done so far.
    public var statistics: HTTPServerStatistics { server.statistics }

    /// Serves until cancelled; then finishes what is in flight and returns.
    public func run() async throws {
        do {
            try await withThrowingTaskGroup { group in
                group.addTask { [server] in try await server.run() }
                group.addTask { [hub] in try await hub.run() }
                group.addTask { [calls] in await calls.run() }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch is CancellationError {
            return
        }
    }

    /// A desk that others on the network can reach needs a certificate and a key first.
    private static func check(_ configuration: ServerConfiguration, _ parts: ServerParts) throws(ServerError) {
        guard !configuration.isLoopback else { return }
        guard configuration.tls != nil else {
            throw ServerError(
                .notSafe,
                "The address \(configuration.address) can be reached from other machines, and without TLS keys would be "
                    + "readable on the way. Configure a certificate and its key, or listen on 127.0.0.1.")
        }
        guard parts.gate.hasKeys else {
            throw ServerError(
                .notSafe,
                "The address \(configuration.address) can be reached from other machines, and there is no API key yet. "
                    + "Make one with 'bellwether keys create', or listen on 127.0.0.1.")
        }
    }

    private static func observe(_ server: HTTPServer, _ metrics: MetricRegistry) throws(TelemetryError) {
        try metrics.observe("bellwether_http_connections", help: "Connections open now.") {
            Double(server.statistics.connectionsOpen)
        }
        try metrics.observe("bellwether_websocket_connections", help: "WebSockets open now.") {
            Double(server.statistics.webSocketsOpen)
        }
        try metrics.observe("bellwether_http_received_bytes_total", help: "Bytes read.", as: .counter) {
            Double(server.statistics.bytesReceived)
        }
        try metrics.observe("bellwether_http_sent_bytes_total", help: "Bytes written.", as: .counter) {
            Double(server.statistics.bytesSent)
        }
    }
}
