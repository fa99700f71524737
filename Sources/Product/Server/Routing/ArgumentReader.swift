import DeskCommands
import Networking
import WorkflowModel

/// Makes a command's arguments from a request's path, query and body.
struct ArgumentReader {
    private let fields: [String: FieldDescription]
    private let known: [String]
    private var values: [String: Value] = [:]
    private var faults: [FieldFault] = []

    /// The arguments; throws where one is given twice, is not known or cannot be read.
    static func arguments(
        of request: HTTPRequest, for command: DeskCommand, path: [String: String]
    ) throws(Problem) -> [String: Value] {
        let body = try body(of: request)
        var reader = ArgumentReader(command)
        for (name, text) in path.sorted(by: { $0.key < $1.key }) { reader.take(name, text: text) }
        for (name, text) in request.query { reader.take(name, text: text) }
        for (name, value) in body.sorted(by: { $0.key < $1.key }) { reader.take(name, value) }
        guard reader.faults.isEmpty else { throw Problem(CommandProblem.invalid(reader.faults)) }
        return reader.values
    }

    private static func body(of request: HTTPRequest) throws(Problem) -> [String: Value] {
        guard request.method == "GET" || request.method == "HEAD" else { return try BodyReader.fields(of: request) }
        guard request.body.isEmpty else {
            throw Problem(400, "invalid", "A request to read something has no body: put fields into the query.")
        }
        return [:]
    }

    private init(_ command: DeskCommand) {
        fields = Dictionary(command.fields.map { ($0.name, $0) }) { first, _ in first }
        known = command.fields.map(\.name)
    }

    private mutating func take(_ name: String, text: String) {
        guard let field = fields[name] else { return take(name, .text(text)) }
        switch field.schema.value(written: text) {
        case .success(let value): take(name, value)
        case .failure(let fault): faults.append(FieldFault(name, fault.message))
        }
    }

    private mutating func take(_ name: String, _ value: Value) {
        guard fields[name] != nil else {
            let list = known.isEmpty ? "none" : known.joined(separator: ", ")
            return faults.append(FieldFault(name, "is not known; known are: \(list)"))
        }
        guard values.updateValue(value, forKey: name) == nil else {
            return faults.append(FieldFault(name, "is given more than once; give it once, in path, query or body"))
        }
    }
}

/// Why a text is not what a schema asks for.
struct WrittenFault: Error, Sendable, Hashable {
    let message: String
}

extension ValueSchema {
    /// The value that a text in a path or query stands for.
    func value(written text: String) -> Result<Value, WrittenFault> {
        switch self {
        case .any, .text: .success(.text(text))
        case .named(_, let schema): schema.value(written: text)
        case .nullable(let schema): text.isEmpty ? .success(.null) : schema.value(written: text)
        case .boolean: ValueSchema.truth(text)
        case .integer:
            ValueSchema.found(text.first == "+" ? nil : Int64(text).map(Value.integer), "must be a whole number")
        case .number: ValueSchema.found(ValueSchema.decimal(text), "must be a number")
        case .list(let element, _): ValueSchema.list(of: element, text)
        case .object, .map: .failure(WrittenFault(message: "can only be given in the body"))
        }
    }

    /// A number as JSON has it: Swift reads more, such as `0x1p3` and `inf`.
    private static func decimal(_ text: String) -> Value? {
        guard text.first != "+", text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    }

    private static func truth(_ text: String) -> Result<Value, WrittenFault> {
        switch text {
        case "true": .success(true)
        case "false": .success(false)
        default: .failure(WrittenFault(message: "must be true or false"))
        }
    }

    private static func list(of element: ValueSchema, _ text: String) -> Result<Value, WrittenFault> {
        guard !text.isEmpty else { return .success([]) }
        var values: [Value] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            switch element.value(written: String(part)) {
            case .success(let value): values.append(value)
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success(.list(values))
    }

    private static func found(_ value: Value?, _ message: String) -> Result<Value, WrittenFault> {
        value.map { .success($0) } ?? .failure(WrittenFault(message: message))
    }
}
