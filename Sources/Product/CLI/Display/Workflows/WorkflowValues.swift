import WorkflowModel

/// `1 message`, `2 messages`.
enum CountText {
    static func of(_ count: Int, _ noun: String) -> String {
        "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}

extension JSONValue {
    /// The same value.
    init(_ value: WorkflowModel.Value) {
        switch value {
        case .null: self = .null
        case .boolean(let truth): self = .bool(truth)
        case .integer(let integer): self = .integer(Int(integer))
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        case .list(let elements): self = .list(elements.map(JSONValue.init))
        case .object(let fields): self = .object(fields.mapValues(JSONValue.init))
        }
    }

    /// The same object with a `type` for programs that read many.
    init(_ value: WorkflowModel.Value, type: String) {
        var fields = value.fields ?? ["value": value]
        fields["type"] = .text(type)
        self.init(.object(fields))
    }
}
