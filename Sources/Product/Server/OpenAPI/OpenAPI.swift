import DeskCommands
import WorkflowModel

/// The description of the HTTP interface, made from the commands (OpenAPI 3.1).
enum OpenAPI {
    static let shapes = "#/components/schemas/"

    /// The document as JSON.
    static func document(of routes: [ServedRoute], version: String) -> [UInt8] {
        let value = value(of: routes, version: version)
        // Schemas and texts hold no numbers that JSON cannot write.
        return (try? value.json()) ?? Array("{}".utf8)
    }

    static func value(of routes: [ServedRoute], version: String) -> Value {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Bellwether", "version": .text(version),
                "summary": "A trading desk: what it holds, decides and does, and what it may be told.",
                "description": .text(about),
                "license": ["name": "See LICENSE in the source", "identifier": "LicenseRef-Bellwether"],
            ],
            "servers": [["url": "/"]],
            "security": [["key": []], ["session": []]],
            "tags": .list(tags(routes)),
            "paths": .object(paths(routes)),
            "components": components(routes),
        ]
    }

    private static let about = """
        Every answer carries `X-Trace-Id`. Every refusal is `application/problem+json`. Writes with a key need an \
        `Idempotency-Key`; writes from a browser's session need its `X-CSRF-Token`. Times are ISO 8601 in UTC. A field \
        that has no value is null. `OPTIONS` tells everybody which methods a path takes (204 with `Allow`). Another method \
        than those is a 405, one that HTTP does not know a 501, another version of HTTP a 505.
        """

    private static func paths(_ routes: [ServedRoute]) -> [String: Value] {
        var paths: [String: [String: Value]] = [:]
        for route in routes {
            guard let operation = OpenAPIOperation(route)?.value else { continue }
            paths[route.path, default: [:]][route.method.lowercased()] = operation
        }
        return paths.mapValues(Value.object)
    }

    private static func tags(_ routes: [ServedRoute]) -> [Value] {
        Set(routes.compactMap { OpenAPIOperation($0)?.tag }).sorted().map { ["name": .text($0)] }
    }

    private static func components(_ routes: [ServedRoute]) -> Value {
        [
            "schemas": .object(schemas(routes)), "parameters": OpenAPIParts.parameters,
            "headers": OpenAPIParts.headers, "responses": OpenAPIParts.responses,
            "securitySchemes": OpenAPIParts.securitySchemes,
        ]
    }

    private static func schemas(_ routes: [ServedRoute]) -> [String: Value] {
        var named: [String: ValueSchema] = [:]
        for case .command(let command) in routes.map(\.endpoint) {
            for schema in command.fields.map(\.schema) + [command.answer] {
                named.merge(schema.namedShapes) { first, _ in first }
            }
        }
        return named.mapValues { $0.json(referringTo: shapes) }.merging(OpenAPIParts.schemas) { first, _ in first }
    }
}
