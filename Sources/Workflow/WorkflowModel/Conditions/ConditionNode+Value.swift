extension ConditionNode {
    /// What it comes to; nil for missing, never `.null`.
    func value(_ lookup: (String) -> Value?) throws(ConditionError) -> Value? {
        switch content {
        case .literal(let value): return value == .null ? nil : value
        case .path(let path): return path.walk(lookup(path.root))
        case .list(let nodes): return .list(try ConditionNode.values(nodes, lookup).map { $0 ?? .null })
        case .not(let node): return try node.truth(lookup, for: "not").map { .boolean(!$0) }
        case .minus(let node): return try minus(node, lookup)
        case .all(let nodes): return try joined(nodes, lookup, word: "and", decisive: false)
        case .any(let nodes): return try joined(nodes, lookup, word: "or", decisive: true)
        case .comparison(let sign, let left, let right):
            return try compare(sign, try left.value(lookup), try right.value(lookup)).map { .boolean($0) }
        case .arithmetic(let first, let terms): return try computed(first, terms, lookup)
        case .call(let function, let nodes):
            return try called(function, try ConditionNode.values(nodes, lookup), nodes)
        }
    }

    private static func values(
        _ nodes: [ConditionNode], _ lookup: (String) -> Value?
    ) throws(ConditionError) -> [Value?] {
        var values: [Value?] = []
        for node in nodes { values.append(try node.value(lookup)) }
        return values
    }

    private func truth(_ lookup: (String) -> Value?, for word: String) throws(ConditionError) -> Bool? {
        guard let value = try value(lookup) else { return nil }
        guard case .boolean(let truth) = value else {
            throw ConditionError(column: column, "'\(word)' needs true or false, and this is \(value.kindName)")
        }
        return truth
    }

    /// Stops at the first part that decides; missing where nothing decides and something is missing.
    private func joined(
        _ nodes: [ConditionNode], _ lookup: (String) -> Value?, word: String, decisive: Bool
    ) throws(ConditionError) -> Value? {
        var isMissing = false
        for node in nodes {
            switch try node.truth(lookup, for: word) {
            case decisive?: return .boolean(decisive)
            case nil: isMissing = true
            default: continue
            }
        }
        return isMissing ? nil : .boolean(!decisive)
    }

    private func minus(_ node: ConditionNode, _ lookup: (String) -> Value?) throws(ConditionError) -> Value? {
        guard let value = try node.value(lookup) else { return nil }
        return try ConditionArithmetic(column: column).result(.minus, .integer(0), value)
    }

    private func computed(
        _ first: ConditionNode, _ terms: [Term], _ lookup: (String) -> Value?
    ) throws(ConditionError) -> Value? {
        var total = try first.value(lookup)
        for term in terms {
            let value = try term.node.value(lookup)
            guard let left = total, let right = value else {
                total = nil
                continue
            }
            total = try ConditionArithmetic(column: term.column).result(term.sign, left, right)
        }
        return total
    }

    // MARK: - Comparing

    private func compare(_ sign: Comparison, _ left: Value?, _ right: Value?) throws(ConditionError) -> Bool? {
        switch sign {
        case .equal: return (left ?? .null).means(right ?? .null)
        case .different: return !(left ?? .null).means(right ?? .null)
        case .inside: return try isInside(left, right)
        case .outside: return try isInside(left, right).map { !$0 }
        case .less, .atMost, .more, .atLeast:
            guard let left, let right else { return nil }
            guard let order = left.order(right) else { throw unordered(sign, left, right) }
            return sign.accepts(order)
        }
    }

    private func unordered(_ sign: Comparison, _ left: Value, _ right: Value) -> ConditionError {
        guard left.kindName == right.kindName else {
            return ConditionError(
                column: column, "'\(sign.rawValue)' cannot compare \(left.kindName) with \(right.kindName)")
        }
        return ConditionError(
            column: column, "'\(sign.rawValue)' compares numbers or texts, and both sides are \(left.kindName)")
    }

    private func isInside(_ value: Value?, _ whole: Value?) throws(ConditionError) -> Bool? {
        switch whole {
        case nil: return nil
        case .list(let elements)?: return elements.contains { $0.means(value ?? .null) }
        case .text(let text)?:
            return try part(value, of: "text").map { TextSearch($0).occurs(in: text) }
        case .object(let fields)?:
            return try part(value, of: "an object").map { fields[$0] != nil }
        case let other?:
            throw ConditionError(column: column, "'in' looks into a list, a text or an object, not \(other.kindName)")
        }
    }

    private func part(_ value: Value?, of whole: String) throws(ConditionError) -> String? {
        guard let value else { return nil }
        guard let text = value.text else {
            throw ConditionError(column: column, "only text can be in \(whole), not \(value.kindName)")
        }
        return text
    }

    // MARK: - Functions

    private func called(
        _ function: Function, _ values: [Value?], _ nodes: [ConditionNode]
    ) throws(ConditionError) -> Value? {
        switch function {
        case .exists: return .boolean(values.first.flatMap { $0 } != nil)
        case .length: return try values.first.flatMap { $0 }.map { value throws(ConditionError) in try length(value) }
        case .abs:
            guard let value = values.first.flatMap({ $0 }) else { return nil }
            let isNegative = try number(value, function) < 0
            return isNegative ? try ConditionArithmetic(column: column).result(.minus, .integer(0), value) : value
        case .min, .max: return try extreme(function, values)
        }
    }

    private func length(_ value: Value) throws(ConditionError) -> Value {
        switch value {
        case .text(let text): return .integer(Int64(text.count))
        case .list(let elements): return .integer(Int64(elements.count))
        case .object(let fields): return .integer(Int64(fields.count))
        default:
            throw ConditionError(column: column, "length() measures text, a list or an object, not \(value.kindName)")
        }
    }

    private func number(_ value: Value, _ function: Function) throws(ConditionError) -> Double {
        guard let number = value.number else {
            throw ConditionError(column: column, "\(function.rawValue)() takes numbers, not \(value.kindName)")
        }
        return number
    }

    /// The least or greatest of the arguments, or of the elements of a list that is the only argument.
    private func extreme(_ function: Function, _ values: [Value?]) throws(ConditionError) -> Value? {
        var candidates = values
        if values.count == 1, let elements = values.first?.flatMap({ $0.list }) {
            candidates = elements.map { $0 == .null ? nil : $0 }
        }
        var best: Value?
        for candidate in candidates {
            guard let candidate else { return nil }
            _ = try number(candidate, function)
            guard let held = best, let order = candidate.order(held) else {
                best = candidate
                continue
            }
            if order == (function == .min ? .before : .after) { best = candidate }
        }
        return best
    }
}

extension ConditionNode.Comparison {
    fileprivate func accepts(_ order: ValueOrder) -> Bool {
        switch self {
        case .less: order == .before
        case .atMost: order != .after
        case .more: order == .after
        case .atLeast: order != .before
        default: false
        }
    }
}
