/// Builds the tree of a condition by recursive descent, which nesting limits bound.
struct ConditionParser {
    private let tokens: [ConditionToken]
    private var place = 0
    private var depth = 0

    /// A parser of words of which the last is `.end`.
    init(_ tokens: [ConditionToken]) {
        self.tokens = tokens
    }

    mutating func whole() throws(ConditionError) -> ConditionNode {
        if current.content == .end { throw ConditionError(column: 1, "the condition is empty") }
        let node = try either()
        guard current.content == .end else { throw unexpected("the condition should have ended") }
        return node
    }

    private var current: ConditionToken { tokens[min(place, tokens.count - 1)] }

    private func unexpected(_ wanted: String) -> ConditionError {
        let small: String? =
            switch current.content {
            case .word("True"), .word("TRUE"): "true"
            case .word("False"), .word("FALSE"): "false"
            case .word("None"), .word("NONE"), .word("Null"), .word("NULL"): "null"
            case .word(let word) where ["AND", "OR", "NOT", "IN"].contains(word): word.lowercased()
            default: nil
            }
        let hint = small.map { "; write '\($0)'" } ?? ""
        return ConditionError(column: current.column, "\(current.name) stands where \(wanted)\(hint)")
    }

    /// Takes the current word if it is one of these.
    private mutating func take(_ words: String...) -> ConditionToken? {
        switch current.content {
        case .word(let word) where words.contains(word), .symbol(let word) where words.contains(word):
            defer { place += 1 }
            return current
        default: return nil
        }
    }

    private mutating func nested<Result>(
        _ body: (inout ConditionParser) throws(ConditionError) -> Result
    ) throws(ConditionError) -> Result {
        guard depth < Condition.deepest else {
            throw ConditionError(
                column: current.column, "the condition nests deeper than \(Condition.deepest) levels")
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    // MARK: - Operators, loosest first

    private mutating func either() throws(ConditionError) -> ConditionNode {
        var nodes = [try both()]
        var column = 0
        while let sign = take("or", "||") {
            if nodes.count == 1 { column = sign.column }
            nodes.append(try both())
        }
        return nodes.count == 1 ? nodes[0] : ConditionNode(.any(nodes), column)
    }

    private mutating func both() throws(ConditionError) -> ConditionNode {
        var nodes = [try negation()]
        var column = 0
        while let sign = take("and", "&&") {
            if nodes.count == 1 { column = sign.column }
            nodes.append(try negation())
        }
        return nodes.count == 1 ? nodes[0] : ConditionNode(.all(nodes), column)
    }

    private mutating func negation() throws(ConditionError) -> ConditionNode {
        guard let sign = take("not", "!") else { return try comparison() }
        let node = try nested { parser throws(ConditionError) in try parser.negation() }
        return ConditionNode(.not(node), sign.column)
    }

    private mutating func comparison() throws(ConditionError) -> ConditionNode {
        let left = try sum()
        guard let (sign, column) = comparisonSign() else { return left }
        let right = try sum()
        let second = current.column
        if comparisonSign() != nil {
            throw ConditionError(column: second, "comparisons cannot be chained; join two of them with 'and'")
        }
        return ConditionNode(.comparison(sign, left, right), column)
    }

    private mutating func comparisonSign() -> (ConditionNode.Comparison, column: Int)? {
        if let token = take("==", "!=", "<", "<=", ">", ">=", "in") {
            switch token.content {
            case .word(let text), .symbol(let text):
                return ConditionNode.Comparison(rawValue: text).map { ($0, token.column) }
            default: return nil
            }
        }
        guard current.content == .word("not"), place + 1 < tokens.count, tokens[place + 1].content == .word("in")
        else { return nil }
        defer { place += 2 }
        return (.outside, current.column)
    }

    private mutating func sum() throws(ConditionError) -> ConditionNode {
        let first = try product()
        var terms: [ConditionNode.Term] = []
        while let sign = take("+", "-") {
            let kind: ConditionNode.Arithmetic = sign.content == .symbol("+") ? .plus : .minus
            terms.append(ConditionNode.Term(sign: kind, column: sign.column, node: try product()))
        }
        return terms.isEmpty ? first : ConditionNode(.arithmetic(first, terms), terms[0].column)
    }

    private mutating func product() throws(ConditionError) -> ConditionNode {
        let first = try signed()
        var terms: [ConditionNode.Term] = []
        while let sign = take("*", "/", "%") {
            let kind: ConditionNode.Arithmetic =
                sign.content == .symbol("*") ? .times : sign.content == .symbol("/") ? .divided : .remainder
            terms.append(ConditionNode.Term(sign: kind, column: sign.column, node: try signed()))
        }
        return terms.isEmpty ? first : ConditionNode(.arithmetic(first, terms), terms[0].column)
    }

    private mutating func signed() throws(ConditionError) -> ConditionNode {
        guard let sign = take("-") else { return try primary() }
        let node = try nested { parser throws(ConditionError) in try parser.signed() }
        return ConditionNode(.minus(node), sign.column)
    }

    // MARK: - Values

    private mutating func primary() throws(ConditionError) -> ConditionNode {
        let start = current
        switch start.content {
        case .text(let text): return literal(.text(text))
        case .integer(let integer): return literal(.integer(integer))
        case .number(let number): return literal(.number(number))
        case .word(let word): return try named(word, start.column)
        case .symbol("("):
            place += 1
            let node = try nested { parser throws(ConditionError) in try parser.either() }
            guard take(")") != nil else { throw unexpected("a ')' should close column \(start.column)") }
            return node
        case .symbol("["):
            place += 1
            return ConditionNode(.list(try elements(until: "]", from: start.column)), start.column)
        default: throw unexpected("a value should be")
        }
    }

    private mutating func literal(_ value: Value) -> ConditionNode {
        defer { place += 1 }
        return ConditionNode(.literal(value), current.column)
    }

    private mutating func named(_ word: String, _ column: Int) throws(ConditionError) -> ConditionNode {
        switch word {
        case "true": return literal(.boolean(true))
        case "false": return literal(.boolean(false))
        case "null": return literal(.null)
        case "and", "or", "not", "in", "AND", "OR", "NOT", "IN": throw unexpected("a value should be")
        case "True", "TRUE", "False", "FALSE", "None", "NONE", "Null", "NULL": throw unexpected("a value should be")
        default: place += 1
        }
        if take("(") != nil { return try call(word, column) }
        return ConditionNode(.path(ConditionPath(root: word, steps: try steps())), column)
    }

    private mutating func call(_ word: String, _ column: Int) throws(ConditionError) -> ConditionNode {
        guard let function = ConditionNode.Function(rawValue: word) else {
            let known = ConditionNode.Function.allCases.map { "\($0.rawValue)()" }.joined(separator: ", ")
            throw ConditionError(column: column, "there is no function '\(word)'; known: \(known)")
        }
        let arguments = try elements(until: ")", from: column)
        let isOpen = function == .min || function == .max
        guard isOpen ? !arguments.isEmpty : arguments.count == 1 else {
            let wanted = isOpen ? "at least one value" : "one value"
            throw ConditionError(column: column, "\(word)() takes \(wanted), not \(arguments.count)")
        }
        return ConditionNode(.call(function, arguments), column)
    }

    private mutating func elements(until end: String, from column: Int) throws(ConditionError) -> [ConditionNode] {
        var nodes: [ConditionNode] = []
        if take(end) != nil { return nodes }
        while true {
            nodes.append(try nested { parser throws(ConditionError) in try parser.either() })
            if take(end) != nil { return nodes }
            guard take(",") != nil else { throw unexpected("a ',' or '\(end)' should follow (from column \(column))") }
        }
    }

    private mutating func steps() throws(ConditionError) -> [ConditionPath.Step] {
        var steps: [ConditionPath.Step] = []
        while true {
            if take(".") != nil {
                guard case .word(let name) = current.content else { throw unexpected("a name should follow the dot") }
                place += 1
                steps.append(.field(name))
            } else if take("[") != nil {
                steps.append(try subscripted())
            } else {
                return steps
            }
        }
    }

    private mutating func subscripted() throws(ConditionError) -> ConditionPath.Step {
        let step: ConditionPath.Step
        switch current.content {
        case .text(let name): step = .field(name)
        case .integer(let place): step = .element(Int(place))
        default: throw unexpected("a quoted name or a place counted from 0 should be")
        }
        place += 1
        guard take("]") != nil else { throw unexpected("a ']' should be") }
        return step
    }
}
