import Configuration

/// What commands that serve have in common: where they listen.
enum ServerOptions {
    private static let address = Argument.option(
        "listen", .text("ADDRESS"), "Address of the dashboard and the API, else 127.0.0.1; others demand TLS and a key")
    private static let port = Argument.option("port", .integer(0...65535), "Their port, else 8000; 0 takes any")
    private static let none = Argument.flag("no-server", "Serve no dashboard and no API")

    static let placeParameters = [address.parameter, port.parameter]
    static let parameters = placeParameters + [none.parameter]

    /// The settings that the options set.
    static func overrides(_ call: Invocation) throws -> [ConfigurationSources.Override] {
        var overrides = try places(call)
        if try call.arguments[none] {
            overrides.append(.init(path: "server.enabled", text: "false", option: "--no-server"))
        }
        return overrides
    }

    /// Those of a command that always serves.
    static func places(_ call: Invocation) throws -> [ConfigurationSources.Override] {
        var overrides: [ConfigurationSources.Override] = []
        if let address = try call.arguments[address] {
            overrides.append(.init(path: "server.address", text: address, option: "--listen"))
        }
        if let port = try call.arguments[port] {
            overrides.append(.init(path: "server.port", text: "\(port)", option: "--port"))
        }
        return overrides
    }
}
