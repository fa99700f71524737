import WorkflowModel

/// JSON for people: names in order, two blanks for each level.
enum PrettyJSON {
    /// The value on as many lines as it needs.
    static func text(_ value: Value, indent: String = "") -> String {
        let deeper = indent + "  "
        switch value {
        case .list(let elements) where !elements.isEmpty:
            let lines = elements.map { deeper + text($0, indent: deeper) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .object(let fields) where !fields.isEmpty:
            let lines = fields.sorted { $0.key < $1.key }.map {
                "\(deeper)\(JSONValue.text($0.key).line): \(text($0.value, indent: deeper))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        default: return JSONValue(value).line
        }
    }
}
