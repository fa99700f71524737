/// Data that workflows carry without knowing its meaning: JSON's values, with whole numbers told from others.
public enum Value: Sendable, Hashable {
    /// Nothing.
    case null
    /// True or false.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// Any other number; never infinite and never not-a-number.
    case number(Double)
    /// Text.
    case text(String)
    /// Values in order.
    case list([Value])
    /// Values by name.
    case object([String: Value])
}

extension Value {
    /// The value under a name; nil where this is no object or has no such name.
    public subscript(name: String) -> Value? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }

    /// The value at a place; nil where this is no list or is shorter.
    public subscript(place: Int) -> Value? {
        guard case .list(let elements) = self, elements.indices.contains(place) else { return nil }
        return elements[place]
    }

    /// The text; nil where this is something else.
    public var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The truth; nil where this is something else.
    public var boolean: Bool? {
        guard case .boolean(let truth) = self else { return nil }
        return truth
    }

    /// The number, also of a whole number; nil where this is something else.
    public var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }

    /// The whole number, also of a number without a fraction; nil where this is something else.
    public var integer: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// The elements; nil where this is no list.
    public var list: [Value]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }

    /// The fields; nil where this is no object.
    public var fields: [String: Value]? {
        guard case .object(let fields) = self else { return nil }
        return fields
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral text: String) { self = .text(text) }
    public init(integerLiteral integer: Int64) { self = .integer(integer) }
    public init(booleanLiteral truth: Bool) { self = .boolean(truth) }
    public init(floatLiteral number: Double) { self = .number(number) }
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    public init(dictionaryLiteral fields: (String, Value)...) {
        self = .object(Dictionary(fields) { _, last in last })
    }
}
