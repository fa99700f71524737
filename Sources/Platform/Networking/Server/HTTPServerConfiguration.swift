/// Where a server listens and what it puts up with.
public struct HTTPServerConfiguration: Sendable {
    /// The files of a TLS certificate.
    public struct TLS: Sendable, Hashable {
        /// The certificate, with those between it and the root after it, as PEM.
        public var certificatePath: String
        /// Its private key, as PEM without a password.
        public var keyPath: String

        /// The two files.
        public init(certificatePath: String, keyPath: String) {
            self.certificatePath = certificatePath
            self.keyPath = keyPath
        }
    }

    /// The IPv4 or IPv6 address to listen on.
    public var address = "127.0.0.1"
    /// The port to listen on; 0 takes any that is free.
    public var port: UInt16 = 0
    /// The certificate; nil serves plain HTTP.
    public var tls: TLS?
    /// What the `Server` header says; nil sends none.
    public var serverName: String?

    /// The largest body taken; larger ones are answered with 413.
    public var maxBodyBytes = 1 << 20
    /// The largest request line and headers taken; larger ones are answered with 414 or 431.
    public var maxHeaderBytes = 32 * 1024
    /// The most header lines taken.
    public var maxHeaderCount = 100
    /// The most memory for bodies being received and answered, of all connections together; beyond it is a 503.
    public var maxTotalBodyBytes = 64 << 20
    /// The largest WebSocket message taken; larger ones close with 1009.
    public var maxWebSocketMessageBytes = 64 * 1024
    /// The most connections; past it the one idle for longest gives way, and where none is idle the new one is refused.
    public var maxConnections = 2048
    /// The most connections of one address; nil for no such limit.
    public var maxConnectionsPerPeer: Int?

    /// How long a head, from the connection or its first byte, may take; the TLS handshake counts with it.
    public var headerTimeout = Duration.seconds(10)
    /// How long a body may take as a whole.
    public var bodyTimeout = Duration.seconds(15)
    /// How long a connection may stay open between requests.
    public var idleTimeout = Duration.seconds(60)
    /// How long a peer may take no bytes of an answer or of WebSocket frames.
    public var stallTimeout = Duration.seconds(30)
    /// How long a WebSocket may be silent before it is pinged; as long again and it is dead.
    public var webSocketPingInterval = Duration.seconds(30)
    /// How long requests in flight may go on after the server is told to stop.
    public var stopTimeout = Duration.seconds(5)
    /// How often times are looked at, and so how late each may be.
    public var sweepInterval = Duration.milliseconds(250)

    /// The defaults: any free port of 127.0.0.1 without TLS.
    public init() {}

    var limits: RequestLimits {
        RequestLimits(
            headBytes: maxHeaderBytes, targetBytes: min(8 * 1024, maxHeaderBytes), headerCount: maxHeaderCount,
            bodyBytes: maxBodyBytes)
    }
}
