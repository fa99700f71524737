import Networking

/// Which names this server goes by, so that a page of another site cannot speak to it through a browser.
struct SiteGuard: Sendable {
    private let names: Set<String>
    private let origins: Set<String>

    /// A guard for a bound address and the names that were configured, with or without a port.
    init(address: String, allowedHosts: [String]) {
        let own = ["localhost", "127.0.0.1", "::1"] + (SiteGuard.isWildcard(address) ? [] : [address])
        names = Set((own + allowedHosts).map { SiteGuard.name(of: $0.lowercased()) })
        origins = Set(allowedHosts.map { $0.lowercased() })
    }

    /// Whether the `Host` is one of ours.
    func knowsHost(of request: HTTPRequest) -> Bool {
        guard let host = request.headers["Host"], !host.isEmpty else { return false }
        return names.contains(SiteGuard.name(of: host.lowercased()))
    }

    /// Whether the request comes from a page of ours, or from no page at all.
    func knowsOrigin(of request: HTTPRequest) -> Bool {
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" { return false }
        guard let origin = request.headers["Origin"] else { return true }
        let parts = origin.lowercased().split(separator: "://", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0] == "http" || parts[0] == "https" else { return false }
        let authority = SiteGuard.withoutStandardPort(parts[1], parts[0])
        if let host = request.headers["Host"]?.lowercased(),
            authority == SiteGuard.withoutStandardPort(host, parts[0])
        {
            return true
        }
        return origins.contains(parts[1])
    }

    private static func isWildcard(_ address: String) -> Bool { address == "0.0.0.0" || address == "::" }

    /// The name without its port; brackets around an IPv6 address are left out.
    private static func name(of host: String) -> String {
        if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
        return host.filter { $0 == ":" }.count == 1 ? String(host.prefix { $0 != ":" }) : host
    }

    private static func withoutStandardPort(_ authority: String, _ scheme: String) -> String {
        let port = scheme == "https" ? ":443" : ":80"
        return authority.hasSuffix(port) ? String(authority.dropLast(port.count)) : authority
    }
}
