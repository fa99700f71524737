/// What a value can be, as far as it is known before a run.
///
/// A shape says what is there if something is there: every value may also be missing.
public indirect enum ValueShape: Sendable, Hashable {
    /// Anything: nothing is known.
    case any
    /// Text, one of these where they are known.
    case text([String]?)
    /// A number, whole or not.
    case number
    /// A whole number.
    case integer
    /// True or false.
    case boolean
    /// A list of values of one shape.
    case list(of: ValueShape)
    /// Exactly these fields.
    case object([String: ValueShape])

    /// Any text.
    public static let text = ValueShape.text(nil)

    /// Any list.
    public static let list = ValueShape.list(of: .any)
}

extension ValueShape {
    /// The shape of a value that is known.
    public init(of value: Value) {
        switch value {
        case .null: self = .any
        case .boolean: self = .boolean
        case .integer: self = .integer
        case .number: self = .number
        case .text(let text): self = .text([text])
        case .list(let elements):
            let shapes = Set(elements.map(ValueShape.init(of:)))
            self = .list(of: shapes.count == 1 ? shapes.first ?? .any : .any)
        case .object(let fields): self = .object(fields.mapValues(ValueShape.init(of:)))
        }
    }

    /// The kind as messages name it; nil where nothing is known.
    public var kindName: String? {
        switch self {
        case .any: nil
        case .text: "text"
        case .number, .integer: "a number"
        case .boolean: "true or false"
        case .list: "a list"
        case .object: "an object"
        }
    }
}
