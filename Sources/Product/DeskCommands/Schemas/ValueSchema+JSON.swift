public import WorkflowModel

extension ValueSchema {
    /// The schema as JSON Schema 2020-12; shapes with a name are written as references under `root`.
    ///
    /// With `root` nil named shapes are written out, for readers that follow no references.
    public func json(referringTo root: String? = nil) -> Value {
        switch self {
        case .any: [:]
        case .boolean: ["type": "boolean"]
        case .integer(let bounds):
            ValueSchema.bounded(
                "integer", bounds.map { (.integer(Int64($0.lowerBound)), .integer(Int64($0.upperBound))) })
        case .number(let bounds):
            ValueSchema.bounded("number", bounds.map { (.number($0.lowerBound), .number($0.upperBound)) })
        case .text(let form): form.json
        case .list(let element, let count):
            ValueSchema.object(
                ["type": "array", "items": element.json(referringTo: root)],
                count.map { ["maxItems": .integer(Int64($0))] })
        case .map(let element):
            ["type": "object", "additionalProperties": element == .any ? true : element.json(referringTo: root)]
        case .nullable(let schema): ["anyOf": [schema.json(referringTo: root), ["type": "null"]]]
        case .named(let name, let schema):
            root.map { ["$ref": .text($0 + name)] } ?? schema.json(referringTo: nil)
        case .object(let properties): ValueSchema.json(properties, root)
        }
    }

    /// Every shape with a name inside this one, by name.
    public var namedShapes: [String: ValueSchema] {
        switch self {
        case .any, .boolean, .integer, .number, .text: [:]
        case .list(let inner, _), .map(let inner), .nullable(let inner): inner.namedShapes
        case .named(let name, let inner): inner.namedShapes.merging([name: inner]) { first, _ in first }
        case .object(let properties):
            properties.reduce(into: [:]) { $0.merge($1.schema.namedShapes) { first, _ in first } }
        }
    }

    private static func json(_ properties: [Property], _ root: String?) -> Value {
        let shapes = properties.map { property -> (String, Value) in
            let json = property.schema.json(referringTo: root)
            return (property.name, object(json.fields ?? [:], ["description": .text(property.about)]))
        }
        return [
            "type": "object", "properties": .object(Dictionary(shapes) { $1 }),
            "required": .list(properties.filter(\.isRequired).map { .text($0.name) }),
            "additionalProperties": false,
        ]
    }

    private static func bounded(_ type: String, _ bounds: (Value, Value)?) -> Value {
        object(["type": .text(type)], bounds.map { ["minimum": $0.0, "maximum": $0.1] })
    }

    /// Fields and more of them; empty texts are left out.
    private static func object(_ fields: [String: Value], _ more: [String: Value]?) -> Value {
        .object(fields.merging((more ?? [:]).filter { $0.value != "" }) { $1 })
    }
}

extension ValueSchema.TextForm {
    fileprivate var json: Value {
        var fields: [String: Value] = ["type": "string"]
        if let choices { fields["enum"] = .list(choices.map(Value.text)) }
        if let maxLength { fields["maxLength"] = .integer(Int64(maxLength)) }
        if let format { fields["format"] = .text(format) }
        return .object(fields)
    }
}
