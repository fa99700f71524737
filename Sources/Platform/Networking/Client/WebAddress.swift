import Foundation

/// An address of the web that something is sent to; its path may be a key, so that no message quotes it.
public struct WebAddress: Sendable, Hashable {
    /// The name or address of the machine.
    public let host: String
    /// Its port.
    public let port: UInt16
    /// Whether what is sent is encrypted, and the other side proves who it is.
    public let isSecure: Bool
    /// The address as it was given.
    let url: String
    /// The address without path and query.
    var root: String { "\(isSecure ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    /// The path with the query: what stands in the request.
    private let target: String
    /// The password for the other side, where the address has one.
    private let password: String?

    /// An address beginning with `https://` or `http://`; nil for anything else.
    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), let host = parts.host?.lowercased(), !host.isEmpty,
            let port = UInt16(exactly: parts.port ?? (parts.scheme == "https" ? 443 : 80)), port > 0
        else { return nil }
        guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme) else { return nil }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        self.port = port
        isSecure = scheme == "https"
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        target = path + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
        (url, password) = (text, parts.password)
    }

    /// Whether it is this machine, so that nothing is sent over a wire.
    public var isLocal: Bool { host == "localhost" || host == "::1" || isLoopback }

    private var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
    }

    /// What of the address may be a key: the whole path with its query, and each long part of them.
    public var secrets: [String] {
        let parts = target.split { "/?&=".contains($0) }.map(String.init)
        return [target] + parts.filter { $0.count >= 12 } + [password].compactMap(\.self)
    }
}
