import WorkflowModel

/// What tells a request from the others of its session, chosen by the client.
enum RequestID: Sendable, Hashable {
    /// A whole number.
    case number(Int64)
    /// Text of at most 200 characters.
    case text(String)

    /// An id from what stands in a message; nil where that can be none.
    init?(_ value: Value?) {
        switch value {
        case .integer(let number): self = .number(number)
        case .text(let text) where text.utf8.count <= 200: self = .text(text)
        default: return nil
        }
    }

    /// The id as it stands in messages.
    var json: Value {
        switch self {
        case .number(let number): .integer(number)
        case .text(let text): .text(text)
        }
    }

    /// The id as JSON text.
    var written: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): Value.quoted(text)
        }
    }

    /// Different for different ids, also for `1` and `"1"`.
    var key: String {
        switch self {
        case .number(let number): "n\(number)"
        case .text(let text): "t\(text)"
        }
    }
}
