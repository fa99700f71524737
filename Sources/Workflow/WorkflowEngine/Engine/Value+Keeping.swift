import WorkflowModel

extension Value {
    /// How deep values may nest: JSON is not read back from much deeper.
    private static let deepest = 200

    /// Whether the value can be kept as JSON and read back.
    var canBeKept: Bool { canBeKept(depth: 0) }

    private func canBeKept(depth: Int) -> Bool {
        guard depth <= Value.deepest else { return false }
        switch self {
        case .null, .boolean, .integer, .text: return true
        case .number(let number): return number.isFinite
        case .list(let elements): return elements.allSatisfy { $0.canBeKept(depth: depth + 1) }
        case .object(let fields): return fields.values.allSatisfy { $0.canBeKept(depth: depth + 1) }
        }
    }

    /// The JSON of a value that the engine itself made, of whole numbers, text and what was read from JSON: it holds no
    /// number that JSON lacks.
    var recorded: [UInt8] {
        do {
            return try json()
        } catch {
            preconditionFailure("the engine made a value that cannot be kept: \(error)")
        }
    }

    /// The value as it is read back from JSON, which does not tell 2.0 from 2: what is decided must not depend on
    /// whether the process died in between.
    var asKept: Value {
        switch self {
        case .null, .boolean, .integer, .text: self
        case .number(let number): Int64(exactly: number).map(Value.integer) ?? self
        case .list(let elements): .list(elements.map(\.asKept))
        case .object(let fields): .object(fields.mapValues(\.asKept))
        }
    }
}
