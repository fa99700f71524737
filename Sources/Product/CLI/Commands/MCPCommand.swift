import Configuration
import DeskCommands
import Determinism
import MCP

/// `bellwether mcp`: the desk as the tools of a model, over standard input and output.
enum MCPCommand {
    private static let tier = Argument.option(
        "tier", .oneOf(Tier.self, "TIER"), default: .read,
        "How far the model may go: look, trade on paper, or ask for all"
    )

    static let command = Command(
        "mcp", "Offer the desk to a model over the Model Context Protocol, on standard input and output",
        discussion: """
            A client starts this by itself. Whichever desk serves the home is asked, else what is stored there. With the \
            tier 'read' nothing can be changed; 'paper' changes workflows and trades on paper; 'live' may ask for \
            everything, and what touches a venue waits for a person. Nothing the model reads or says raises the tier. \
            What waits is confirmed with 'bellwether confirm ID' or in the dashboard, never by a tool.

            Claude Code, from a shell:
                claude mcp add bellwether -- bellwether mcp
                claude mcp add bellwether-paper -- bellwether mcp --tier paper

            Claude Code, in a project's .mcp.json:
                {"mcpServers": {"bellwether": {"command": "bellwether", "args": ["mcp", "--tier", "read"]}}}

            Over HTTP, with a key of its own ('bellwether keys create model --role trader --tier paper'):
                {"mcpServers": {"bellwether": {"type": "http", "url": "http://127.0.0.1:8000/mcp",
                  "headers": {"Authorization": "Bearer ${BELLWETHER_KEY}"}}}}

            Every other client that speaks the protocol takes the same command and arguments. See docs/mcp.md.
            """,
        takes: [tier.parameter],
        examples: [
            .init("bellwether mcp", "Look, and change nothing"),
            .init("bellwether mcp --tier paper", "Change workflows and trade on paper, too"),
        ]
    ) { call in
        let caller = Caller(DeskCalls.person(call), .admin, through: .mcp, tier: try call.arguments[tier])
        let desk = try CurrentDesk(call)
        call.console.note("the tier is \(try call.arguments[tier].rawValue), \(desk.place)")
        let services = MCPServices(performer: desk, time: SystemTime(), version: CommandTree.version)
        await StdioTransport(sessionID: RandomBytes.hexadecimal(16), caller: caller, services: services).run()
        return .done
    }
}
