import Configuration
import Foundation
import TaskQueues

/// Reads files that hold a queue's name and settings.
enum QueueFile {
    /// The queue of a file; throws where a part is wrong, with its name.
    static func definition(_ path: String) throws -> QueueDefinition {
        let bytes = try WorkflowSource.bytes(of: path, limit: 1 << 20)
        let tree = try ConfigurationSources.tree(of: bytes, named: path)
        do {
            return try JSONDecoder().decode(QueueDefinition.self, from: Data(json(tree).line.utf8))
        } catch DecodingError.dataCorrupted(let context) {
            throw CommandFailure("\(path): \(context.debugDescription)", code: "document")
        } catch DecodingError.keyNotFound(let key, _) {
            throw CommandFailure("\(path): '\(key.stringValue)' is missing", code: "document")
        } catch DecodingError.typeMismatch(_, let context) {
            let place = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw CommandFailure(
                "\(path): '\(place)' has the wrong form: \(context.debugDescription)", code: "document")
        }
    }

    private static func json(_ node: YAMLNode) -> JSONValue {
        if let items = node.items { return .list(items.map(json)) }
        if let entries = node.entries {
            return .object(Dictionary(entries.map { ($0.key, json($0.value)) }) { $1 })
        }
        guard case .scalar(let text, let value) = node.content else { return .null }
        return switch value {
        case .null: .null
        case .bool(let truth): .bool(truth)
        case .integer(let integer): .integer(integer)
        case .number(let number): .number(number)
        default: .text(text)
        }
    }
}
