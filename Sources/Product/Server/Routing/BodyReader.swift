import Configuration
import DeskCommands
import Networking
import WorkflowModel

/// Reads the JSON object of a request's body: strict, and bounded in size and depth.
enum BodyReader {
    static let limits: YAMLLimits = {
        var limits = YAMLLimits()
        limits.depth = 32
        return limits
    }()

    /// The fields of a request's body; none where it has no body.
    static func fields(of request: HTTPRequest) throws(Problem) -> [String: Value] {
        guard !request.body.isEmpty else { return [:] }
        guard let type = request.headers["Content-Type"], isJSON(type) else {
            throw Problem(415, "invalid", "The body must be JSON: send 'Content-Type: application/json'.")
        }
        return try object(request.body)
    }

    /// The fields of the JSON object that bytes spell.
    static func object(_ bytes: [UInt8]) throws(Problem) -> [String: Value] {
        let document: (root: YAMLNode, repeatedKeys: [YAMLError.Problem])
        do {
            document = try JSONDocument.parse(bytes, limits: limits)
        } catch {
            throw Problem(400, "invalid", "The body is no JSON that can be read: \(error).")
        }
        guard document.repeatedKeys.isEmpty else {
            throw Problem(400, "invalid", "The body names a field twice: \(document.repeatedKeys[0]).")
        }
        guard case .object(let fields) = document.root.value else {
            throw Problem(400, "invalid", "The body must be a JSON object.")
        }
        return fields
    }

    private static func isJSON(_ type: String) -> Bool {
        let parts = type.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0.dropFirst(8).filter { $0 != "\"" } == "utf-8"
        }
    }
}

extension YAMLNode {
    /// The node as a value.
    fileprivate var value: Value {
        switch content {
        case .list(let items): .list(items.map(\.value))
        case .section(let entries): .object(Dictionary(entries.map { ($0.key, $0.value.value) }) { first, _ in first })
        case .scalar(let raw, let scalar): scalar.value(raw)
        }
    }
}

extension ScalarValue {
    fileprivate func value(_ raw: String) -> Value {
        switch self {
        case .null: .null
        case .bool(let truth): .boolean(truth)
        case .integer(let integer): .integer(Int64(integer))
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        }
    }
}
