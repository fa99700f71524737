import DeskCommands
import Foundation
import Networking
import ScratchFolders
import Testing
import WorkflowModel

@testable import Server

@Suite struct `OpenAPI description` {
    private func document(_ commands: [DeskCommand]) throws -> Value {
        try Value(json: OpenAPI.document(of: ServedRoute.all(commands: commands, hasMCP: true), version: "1.2.3"))
    }

    private func operations(_ document: Value) -> Set<String> {
        Set(
            (document["paths"]?.fields ?? [:]).flatMap { path, operations in
                (operations.fields ?? [:]).keys.map { "\($0.uppercased()) \(path)" }
            })
    }

    @Test func `it describes exactly what is served`() throws {
        for catalog in [FakeDesk.catalog, CommandCatalog.commands] {
            let served = ServedRoute.all(commands: catalog, hasMCP: true).filter {
                $0.path != "/" && !$0.path.hasPrefix("/assets")
            }
            #expect(operations(try document(catalog)) == Set(served.map { "\($0.method) \($0.path)" }))
        }
    }

    @Test func `operations have names of their own`() throws {
        let paths = try document(CommandCatalog.commands + FakeDesk.catalog)["paths"]?.fields ?? [:]
        let names = paths.values.flatMap { ($0.fields ?? [:]).values.compactMap { $0["operationId"]?.text } }
        #expect(names.count == Set(names).count)
    }

    @Test func `every reference leads somewhere`() throws {
        let document = try document(FakeDesk.catalog)
        var references: Set<String> = []
        collect(document, &references)
        #expect(references.contains("#/components/schemas/Bar"))
        for reference in references {
            let parts = reference.dropFirst(2).split(separator: "/").map(String.init)
            let found = parts.reduce(Optional(document)) { $0?[$1] }
            #expect(found != nil, "\(reference)")
        }
    }

    @Test func `what stands beside the commands takes none of their shapes' names`() throws {
        let shapes = CommandCatalog.commands.reduce(into: Set<String>()) { names, command in
            for schema in command.fields.map(\.schema) + [command.answer] { names.formUnion(schema.namedShapes.keys) }
        }
        #expect(shapes.contains("Session"))
        #expect(shapes.isDisjoint(with: OpenAPIParts.schemas.keys))
    }

    private func collect(_ value: Value, _ references: inout Set<String>) {
        if let reference = value["$ref"]?.text { references.insert(reference) }
        for inner in value.fields?.values.map({ $0 }) ?? value.list ?? [] { collect(inner, &references) }
    }

    @Test func `each problem that can come has a response`() throws {
        let post = try document(FakeDesk.catalog)["paths"]?["/api/orders"]?["post"]
        let statuses = Set(post?["responses"]?.fields?.keys.map { $0 } ?? [])
        #expect(
            statuses.isSuperset(of: [
                "200", "202", "400", "401", "403", "404", "409", "413", "415", "421", "422", "429", "500", "503",
            ]))
        let schema = post?["requestBody"]?["content"]?["application/json"]?["schema"]
        #expect(schema?["required"] == ["symbol", "side"])
        #expect(post?["requestBody"]?["content"]?["application/json"]?["example"] == ["symbol": "AAPL", "side": "buy"])
    }

    @Test func `every operation says how a request is refused before it is looked at`() throws {
        let paths = try document(CommandCatalog.commands)["paths"]?.fields ?? [:]
        let operations = paths.values.flatMap { $0.fields?.values.map { $0 } ?? [] }
        #expect(!operations.isEmpty)
        for operation in operations {
            let statuses = Set(operation["responses"]?.fields?.keys.map { $0 } ?? [])
            #expect(statuses.isSuperset(of: ["400", "408", "413", "414", "421", "431", "503"]))
        }
    }

    @Test func `it is served with its tag`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send("GET", "/openapi.json")
        #expect(reply.json["openapi"] == "3.1.0")
        #expect(reply.headers["ETag"] != nil)
    }
}
