import Configuration

/// Where the dashboard, REST, WebSocket and MCP are served.
struct ServerSettings: Sendable, Hashable {
    /// Whether a running desk serves them.
    var enabled = true
    /// The address to listen on; one that others can reach demands a certificate and a key.
    var address = "127.0.0.1"
    /// The port; 0 takes any that is free.
    var port = 8000
    /// Names by which the server is reached beside its address.
    var allowedHosts: [String] = []
    /// The certificate's file; nil serves plain HTTP to this machine.
    var certificate: String?
    /// The file of the certificate's key.
    var certificateKey: String?
    /// Calls a second that each caller may make.
    var rateLimit = 100.0

    init() {}

    init(_ section: ConfigurationSection) {
        self.init()
        enabled = section.value("enabled", .bool, default: enabled)
        address = section.value("address", .text("ADDRESS"), default: address)
        port = section.value("port", .integer(0...65535), default: port)
        allowedHosts = section.value("allowed_hosts", .list(of: .text), default: allowedHosts)
        certificate = section.value("tls_certificate", ValueKind.path.optional, default: certificate)
        certificateKey = section.value("tls_key", ValueKind.path.optional, default: certificateKey)
        rateLimit = section.value("rate_limit", .number(.from(1, upTo: 1e9)), default: rateLimit)
        if (certificate == nil) != (certificateKey == nil) {
            section.conflict("tls_key", "certificate and key go together; allowed: both or none")
        }
    }
}
