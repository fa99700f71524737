import DeskCommands
import Foundation
import Testing
import WorkflowModel

@testable import MCP

struct CatalogToolTests {
    private static let tools = CommandCatalog.commands.compactMap(Tool.init)

    @Test func `every tool has a name that clients take, and no two share one`() {
        let names = CatalogToolTests.tools.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect((1...64).contains(name.count))
            #expect(name.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "_") }, "\(name)")
        }
    }

    @Test func `no tool confirms, approves, makes keys or says who may do what`() {
        let forbidden = ["confirmations.", "keys.", "sessions.", "access.", "runs.approve"]
        for tool in CatalogToolTests.tools {
            #expect(!forbidden.contains { tool.command.name.hasPrefix($0) }, "\(tool.name)")
        }
    }

    @Test func `the tier read is offered nothing that changes something`() {
        let caller = Caller("tester", .admin, through: .mcp, tier: .read)
        let box = ToolBox(for: caller)
        #expect(box.offered.count > 20)
        for tool in box.offered { #expect(tool.json["annotations"]?["readOnlyHint"] == true, "\(tool.name)") }
    }

    @Test func `every schema describes an object`() {
        for tool in CatalogToolTests.tools {
            #expect(tool.inputSchema["type"] == "object", "\(tool.name)")
            #expect(tool.outputSchema["type"] == "object", "\(tool.name)")
            #expect(tool.command.summary.last != ".", "\(tool.name)")
        }
    }

    @Test func `long work is named as the catalogue has it`() throws {
        for operation in Operation.all {
            for name in [operation.start, operation.show, operation.cancel] {
                #expect(CommandCatalog.command(name) != nil, "\(name)")
            }
            #expect(CommandCatalog.command(operation.show)?.route.parameters == [operation.name])
            #expect(CommandCatalog.command(operation.cancel)?.route.parameters == [operation.name])
        }
        for kind in ResourceCatalog.kinds { #expect(CommandCatalog.command(kind.command) != nil, "\(kind.host)") }
    }

    @Test func `the page of tools is what the catalogue has`() throws {
        let page = try String(contentsOf: CatalogToolTests.file("docs/mcp.md"), encoding: .utf8)
        let written = page.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.split(separator: "|").count == 4 }
        let rows = CatalogToolTests.tools.map { tool in
            let person =
                switch tool.command.confirmation {
                case .never: "-"
                case .fromModels: "always"
                case .when: "at times"
                }
            return "| `\(tool.name)` | \(tool.command.summary) | \(tool.command.permission.name) | \(person) |"
        }
        for row in rows { #expect(written.contains { $0 == row }, "docs/mcp.md lacks: \(row)") }
        for line in written { #expect(rows.contains { $0 == line }, "docs/mcp.md has what is not there: \(line)") }
    }

    private static func file(_ path: String) -> URL {
        var folder = URL(filePath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder.appending(path: path)
    }
}
