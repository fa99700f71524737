/// Where one value stands in relation to another.
enum ValueOrder {
    case before
    case same
    case after
}

extension Value {
    /// The kind of the value as messages name it.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .integer, .number: "a number"
        case .text: "text"
        case .list: "a list"
        case .object: "an object"
        }
    }

    /// Whether two values say the same: 1 and 1.0 do, 1 and '1' do not.
    func means(_ other: Value) -> Bool {
        switch (self, other) {
        case (.integer, .number), (.number, .integer): return order(other) == .same
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count && left.allSatisfy { name, value in right[name].map(value.means) ?? false }
        default: return self == other
        }
    }

    /// The order of two numbers or two texts, exact also between whole and other numbers; nil for anything else.
    func order(_ other: Value) -> ValueOrder? {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): Value.order(left, right)
        case (.number(let left), .number(let right)): left.isNaN || right.isNaN ? nil : Value.order(left, right)
        case (.integer(let left), .number(let right)): Value.order(left, right)
        case (.number(let left), .integer(let right)): Value.order(right, left).map(\.reversed)
        case (.text(let left), .text(let right)): Value.order(left, right)
        default: nil
        }
    }

    private static func order<Element: Comparable>(_ left: Element, _ right: Element) -> ValueOrder {
        left < right ? .before : left == right ? .same : .after
    }

    private static func order(_ left: Int64, _ right: Double) -> ValueOrder? {
        guard !right.isNaN else { return nil }
        let whole = right.rounded(.down)
        guard let floor = Int64(exactly: whole) else { return right > 0 ? .before : .after }
        let order = order(left, floor)
        return order == .same && right > whole ? .before : order
    }
}

extension ValueOrder {
    fileprivate var reversed: ValueOrder {
        switch self {
        case .before: .after
        case .same: .same
        case .after: .before
        }
    }
}
