import DeskCommands
import WorkflowModel

/// One method of one path in the description; nil for the dashboard's pages.
struct OpenAPIOperation {
    let value: Value
    let tag: String

    init?(_ route: ServedRoute) {
        switch route.endpoint {
        case .page, .asset: return nil
        case .command(let command):
            tag = command.name.split(separator: ".").first.map(String.init) ?? command.name
            value = OpenAPIOperation.of(command, tag: tag)
        default:
            tag = "server"
            value = OpenAPIOperation.fixed(route)
        }
    }

    private static func of(_ command: DeskCommand, tag: String) -> Value {
        var fields: [String: Value] = [
            "operationId": .text(command.name.replacing(".", with: "_")), "tags": [.text(tag)],
            "summary": .text(command.summary), "x-permission": .text(command.permission.name),
            "parameters": .list(parameters(of: command)), "responses": .object(responses(of: command)),
        ]
        fields["requestBody"] = body(of: command)
        return .object(fields)
    }

    // MARK: - What is sent

    private static func parameters(of command: DeskCommand) -> [Value] {
        let inPath = Set(command.route.parameters)
        let hasBody = command.route.method == .post || command.route.method == .patch
        let own = command.fields.compactMap { field -> Value? in
            if inPath.contains(field.name) { return parameter(field, in: "path") }
            return hasBody ? nil : parameter(field, in: "query")
        }
        let shared = command.isQuery ? ["IfNoneMatch"] : ["IdempotencyKey", "CSRFToken"]
        return own + (shared + ["Traceparent"]).map { ["$ref": .text("#/components/parameters/\($0)")] }
    }

    private static func parameter(_ field: FieldDescription, in place: String) -> Value {
        var fields: [String: Value] = [
            "name": .text(field.name), "in": .text(place), "description": .text(field.about),
            "required": .boolean(place == "path" || field.isRequired), "schema": schema(of: field),
            "example": OpenAPIExample.value(of: field),
        ]
        if case .list = field.schema { (fields["style"], fields["explode"]) = ("form", false) }
        return .object(fields)
    }

    private static func body(of command: DeskCommand) -> Value? {
        guard command.route.method == .post || command.route.method == .patch else { return nil }
        let inPath = Set(command.route.parameters)
        let fields = command.fields.filter { !inPath.contains($0.name) }
        guard !fields.isEmpty else { return nil }
        let required = fields.filter(\.isRequired)
        let shape: Value = [
            "type": "object", "additionalProperties": false,
            "properties": .object(Dictionary(fields.map { ($0.name, described($0)) }) { first, _ in first }),
            "required": .list(required.map { .text($0.name) }),
        ]
        let example = Dictionary(required.map { ($0.name, OpenAPIExample.value(of: $0)) }) { first, _ in first }
        return [
            "required": .boolean(!required.isEmpty),
            "content": ["application/json": ["schema": shape, "example": .object(example)]],
        ]
    }

    private static func schema(of field: FieldDescription) -> Value {
        guard case .object(var shape) = field.schema.json(referringTo: OpenAPI.shapes) else { return [:] }
        if let standard = field.standard { shape["default"] = standard }
        return .object(shape)
    }

    private static func described(_ field: FieldDescription) -> Value {
        guard case .object(var shape) = schema(of: field) else { return [:] }
        if !field.about.isEmpty { shape["description"] = .text(field.about) }
        return .object(shape)
    }

    // MARK: - What comes back

    private static func responses(of command: DeskCommand) -> [String: Value] {
        var responses = refusals(command.isQuery ? reading : writing)
        responses["200"] = [
            "description": "Done", "headers": command.isQuery ? OpenAPIParts.readHeaders : OpenAPIParts.writeHeaders,
            "content": ["application/json": ["schema": command.answer.json(referringTo: OpenAPI.shapes)]],
        ]
        if command.isQuery { responses["304"] = ["description": "Not changed since the named tag"] }
        if !command.isQuery {
            responses["202"] = [
                "description": "Nothing was done yet: a person is asked first",
                "content": ["application/json": ["schema": ["$ref": .text(OpenAPI.shapes + "NeedsConfirmation")]]],
            ]
        }
        return responses
    }

    private static let reading = [401, 403, 404, 422, 429, 500]
    private static let writing = [401, 403, 404, 409, 415, 422, 429, 500]

    /// What a request can be refused with before anybody looks at what it asks for.
    static let everywhere = [400, 408, 413, 414, 417, 421, 431, 503]

    /// The refusals of an operation, those that every request can meet included.
    static func refusals(_ statuses: [Int]) -> [String: Value] {
        let pairs = (everywhere + statuses).map { status -> (String, Value) in
            ("\(status)", ["$ref": .text("#/components/responses/Problem\(status)")])
        }
        return Dictionary(pairs) { first, _ in first }
    }

    // MARK: - What stands beside the commands

    private static func fixed(_ route: ServedRoute) -> Value {
        let entry = OpenAPIParts.fixed(route.endpoint)
        var fields: [String: Value] = [
            "operationId": .text(entry.name + (route.endpoint.isModels ? "_\(route.method.lowercased())" : "")),
            "tags": ["server"], "summary": .text(entry.summary),
            "responses": .object(entry.answers.merging(refusals(entry.refusals)) { first, _ in first }),
        ]
        if route.endpoint.isOpen { fields["security"] = [] }
        let names = Router.names(in: route.path)
        if !names.isEmpty {
            fields["parameters"] = .list(
                names.map { ["name": .text($0), "in": "path", "required": true, "schema": ["type": "string"]] })
        }
        if let body = entry.body { fields["requestBody"] = body }
        return .object(fields)
    }
}

extension Endpoint {
    /// Whether models speak here.
    var isModels: Bool {
        if case .mcp = self { true } else { false }
    }
}
