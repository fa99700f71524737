import DeskCommands

/// What a request can be meant for.
enum Endpoint: Sendable {
    /// A command of the desk.
    case command(DeskCommand)
    /// Who the caller is, and what a browser needs to write.
    case session
    /// Ends a browser's session.
    case logout
    /// Begins a browser's session.
    case login
    /// Whether the process lives.
    case live
    /// Whether it can work.
    case ready
    /// Figures for Prometheus.
    case metrics
    /// The description of the interface.
    case openAPI
    /// A message from outside.
    case hook
    /// Models' tools.
    case mcp
    /// The streams.
    case socket
    /// The dashboard's page.
    case page
    /// A file of the dashboard.
    case asset

    /// Whether it can be used without saying who asks.
    var isOpen: Bool {
        switch self {
        case .login, .live, .ready, .hook, .page, .asset: true
        case .command, .session, .logout, .metrics, .openAPI, .mcp, .socket: false
        }
    }
}

/// A way to an endpoint.
struct ServedRoute: Sendable {
    let method: String
    /// With `{names}` in it; the last may be `{name…}` for the rest of the path.
    let path: String
    let endpoint: Endpoint

    /// Everything that is served: the commands and what stands beside them.
    static func all(commands: [DeskCommand], hasMCP: Bool, hasMetrics: Bool = true) -> [ServedRoute] {
        commands.map { ServedRoute(method: $0.route.method.rawValue, path: $0.route.path, endpoint: .command($0)) }
            + fixed
            + (hasMetrics ? [ServedRoute(method: "GET", path: "/metrics", endpoint: .metrics)] : [])
            + (hasMCP ? ["GET", "POST", "DELETE"].map { ServedRoute(method: $0, path: "/mcp", endpoint: .mcp) } : [])
    }

    private static let fixed = [
        ServedRoute(method: "GET", path: "/api/session", endpoint: .session),
        ServedRoute(method: "POST", path: "/logout", endpoint: .logout),
        ServedRoute(method: "GET", path: "/login/{token}", endpoint: .login),
        ServedRoute(method: "GET", path: "/health/live", endpoint: .live),
        ServedRoute(method: "GET", path: "/health/ready", endpoint: .ready),
        ServedRoute(method: "GET", path: "/openapi.json", endpoint: .openAPI),
        ServedRoute(method: "POST", path: "/hooks/{workflow}/{trigger}", endpoint: .hook),
        ServedRoute(method: "GET", path: "/ws", endpoint: .socket),
        ServedRoute(method: "GET", path: "/", endpoint: .page),
        ServedRoute(method: "GET", path: "/assets/{file…}", endpoint: .asset),
    ]
}
