import Foundation
public import Networking

/// Where the server listens and what it puts up with.
public struct ServerConfiguration: Sendable {
    /// The address to listen on.
    public var address = "127.0.0.1"
    /// Whether `/metrics` is there.
    public var servesMetrics = true
    /// The port; 0 takes any that is free.
    public var port: UInt16 = 8000
    /// The certificate; nil serves plain HTTP, which is for this machine only.
    public var tls: HTTPServerConfiguration.TLS?
    /// Names by which the server is reached beside its address, with a port where it is not the standard one.
    public var allowedHosts: [String] = []
    /// How long an answer to a read may be given again.
    public var answerLifetime = Duration.milliseconds(10)
    /// A folder to take the dashboard's files from instead of the binary, while they are worked on; nil for the binary.
    ///
    /// It begins as what the environment says under `BELLWETHER_ASSETS`.
    public var assetFolder = ProcessInfo.processInfo.environment["BELLWETHER_ASSETS"]
    /// The program's version.
    public var version = "0"
    /// What the socket layer puts up with; address, port and certificate in it are not used.
    public var http = HTTPServerConfiguration()

    /// Port 8000 of this machine.
    public init() {}

    /// Whether only this machine can reach the address.
    var isLoopback: Bool { address == "localhost" || address == "::1" || address.hasPrefix("127.") }
}
