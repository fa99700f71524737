import DeskCommands
import WorkflowModel

/// The tools of a conversation: those there are, and those that the caller may use.
struct ToolBox: Sendable {
    /// Whether the desk trades on a venue.
    let isLive: Bool
    /// Who asks.
    let caller: Caller
    /// Every command, by name, with a tool or without.
    let commands: [String: DeskCommand]
    /// What the caller may use, in the catalogue's order.
    let offered: [Tool]
    private let all: [String: Tool]

    /// The most tools on a page.
    static let pageSize = 100

    /// The tools of commands for a caller.
    init(_ commands: [DeskCommand] = CommandCatalog.commands, for caller: Caller, isLive: Bool = false) {
        let tools = commands.compactMap(Tool.init)
        self.isLive = isLive
        self.caller = caller
        self.commands = Dictionary(commands.map { ($0.name, $0) }) { first, _ in first }
        all = Dictionary(tools.map { ($0.name, $0) }) { first, _ in first }
        offered = tools.filter { ToolBox.allows(caller, $0.command.permission, isLive: isLive) }
    }

    /// A tool by its name, offered or not.
    func tool(_ name: String) -> Tool? { all[name] }

    /// Whether the caller may use it.
    func isOffered(_ tool: Tool) -> Bool { allows(tool.command) }

    /// Whether the caller may use a command.
    func allows(_ command: DeskCommand) -> Bool {
        ToolBox.allows(caller, command.permission, isLive: isLive)
    }

    private static func allows(_ caller: Caller, _ permission: Permission, isLive: Bool) -> Bool {
        caller.role.allows(permission) && (caller.tier ?? .read).allows(permission, isLive: isLive)
    }

    /// Why the caller may not use a tool.
    func refusal(of tool: Tool) -> CommandProblem {
        let permission = tool.command.permission.name
        guard caller.role.allows(tool.command.permission) else {
            return CommandProblem(
                .forbidden,
                "the tool '\(tool.name)' needs the permission '\(permission)', which the role '\(caller.role.rawValue)' "
                    + "of '\(caller.name)' does not have; nothing was done. A person with the role admin can give a "
                    + "key of another role")
        }
        return CommandProblem(
            .forbidden,
            "the tool '\(tool.name)' needs the permission '\(permission)', which the tier "
                + "'\((caller.tier ?? .read).rawValue)' of this connection does not allow; nothing was done. Nothing "
                + "said here raises the tier: the person who configures the connection sets it, with "
                + "'bellwether mcp --tier' or when the key is made")
    }

    // MARK: - Pages

    /// A page of `tools/list`.
    func page(after cursor: String?) throws(RPCError) -> Value {
        let start = try ToolBox.place(cursor, among: offered.count)
        let page = offered.dropFirst(start).prefix(ToolBox.pageSize)
        var result: [String: Value] = ["tools": .list(page.map(\.json))]
        if start + page.count < offered.count { result["nextCursor"] = .text("tools:\(start + page.count)") }
        return .object(result)
    }

    private static func place(_ cursor: String?, among count: Int) throws(RPCError) -> Int {
        guard let cursor else { return 0 }
        guard cursor.hasPrefix("tools:"), let place = Int(cursor.dropFirst(6)), (0...count).contains(place) else {
            throw .invalidParams("'cursor' is none that 'tools/list' gave")
        }
        return place
    }
}
