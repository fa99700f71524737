public import DeskCommands
public import Determinism

/// What conversations work with.
public struct MCPServices: Sendable {
    /// The command layer.
    public let performer: any CommandPerforming
    /// The time.
    public let time: any TimeSource
    /// The product's version, as clients are told.
    public let version: String
    /// The commands that tools are made of.
    public var commands: [DeskCommand]
    /// Whether the desk trades on a venue.
    public var isLive = false

    /// Services.
    public init(
        performer: any CommandPerforming, time: any TimeSource, version: String,
        commands: [DeskCommand] = CommandCatalog.commands
    ) {
        self.performer = performer
        self.time = time
        self.version = version
        self.commands = commands
    }

    /// A conversation that has not begun.
    func session(_ id: String, for caller: Caller) -> MCPSession {
        MCPSession(
            id: id, caller: caller, tools: ToolBox(commands, for: caller, isLive: isLive), serverVersion: version)
    }
}
