/// A JSON value with one way of being written: keys in order, numbers in their shortest form, no blanks.
enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Numbers that are not finite are written as null.
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The value on one line.
    var line: String {
        var result = ""
        write(to: &result)
        return result
    }

    private func write(to result: inout String) {
        switch self {
        case .null: result += "null"
        case .bool(let value): result += value ? "true" : "false"
        case .integer(let value): result += String(value)
        case .number(let value): result += JSONValue.canonical(value)
        case .text(let value): JSONValue.quote(value, into: &result)
        case .list(let items): JSONValue.write(items, into: &result)
        case .object(let entries): JSONValue.write(entries, into: &result)
        }
    }

    private static func write(_ items: [JSONValue], into result: inout String) {
        result += "["
        for (index, item) in items.enumerated() {
            if index > 0 { result += "," }
            item.write(to: &result)
        }
        result += "]"
    }

    private static func write(_ entries: [String: JSONValue], into result: inout String) {
        result += "{"
        for (index, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { result += "," }
            quote(entry.key, into: &result)
            result += ":"
            entry.value.write(to: &result)
        }
        result += "}"
    }

    private static func canonical(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        let isWhole = value == value.rounded() && value.magnitude < 9_007_199_254_740_992
        return isWhole ? String(Int64(value)) : String(value)
    }

    private static func quote(_ text: String, into result: inout String) {
        result += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || (0x2028...0x2029).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        result += "\""
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }

    init(integerLiteral value: Int) { self = .integer(value) }

    init(floatLiteral value: Double) { self = .number(value) }

    init(booleanLiteral value: Bool) { self = .bool(value) }

    init(nilLiteral: ()) { self = .null }

    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }

    /// Of two equal keys the last counts.
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}
