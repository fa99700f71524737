/// What a server has done since it started.
public struct HTTPServerStatistics: Sendable, Hashable {
    /// Connections open now, WebSockets included.
    public var connectionsOpen = 0
    /// Connections taken so far.
    public var connectionsAccepted = 0
    /// Requests handed to the handler so far, WebSocket openings included.
    public var requests = 0
    /// Bytes read so far, without those of TLS.
    public var bytesReceived = 0
    /// Bytes written so far, without those of TLS.
    public var bytesSent = 0
    /// WebSockets open now.
    public var webSocketsOpen = 0
    /// WebSockets opened so far.
    public var webSocketsOpened = 0
    /// Requests and connections refused so far, by reason.
    public var refused: [HTTPRefusal.Reason: Int] = [:]

    /// Nothing done yet.
    public init() {}
}
