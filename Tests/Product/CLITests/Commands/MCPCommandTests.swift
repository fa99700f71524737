import Foundation
import ScratchFolders
import Testing

@testable import CLI

struct MCPCommandTests {
    @Test func `writes nothing but messages to standard output, and ends when the input does`() throws {
        let home = try ScratchFolder()
        let ended = try Binary.run(["mcp"], home: home.path)
        #expect(ended.code == 0)
        #expect(ended.lines.isEmpty)
        #expect(ended.errors.contains("the tier is read"))
    }

    @Test func `help says how clients are configured`() throws {
        let help = HelpPage.lines([CommandTree.root, MCPCommand.command], width: 100)
            .joined(separator: "\n")
        #expect(help.contains("claude mcp add bellwether -- bellwether mcp"))
        #expect(help.contains("mcpServers"))
    }
}
