internal import Configuration

/// Finds what can never work in a condition, from what its names can stand for.
struct ConditionCheck {
    private let shapes: [String: ValueShape]
    private let complete: Bool
    private var problems: [ConditionError] = []

    init(shapes: [String: ValueShape], complete: Bool) {
        self.shapes = shapes
        self.complete = complete
    }

    mutating func problems(of root: ConditionNode) -> [ConditionError] {
        expect(.boolean, shape(of: root), at: root.column) { "the answer is \($0), not true or false" }
        return problems.sorted { $0.column < $1.column }
    }

    private mutating func report(_ column: Int, _ message: String) {
        problems.append(ConditionError(column: column, message))
    }

    private mutating func expect(
        _ wanted: ValueShape, _ found: ValueShape, at column: Int, _ message: (String) -> String
    ) {
        guard let kind = found.kindName, kind != wanted.kindName else { return }
        report(column, message(kind))
    }

    private mutating func shape(of node: ConditionNode) -> ValueShape {
        switch node.content {
        case .literal(let value): return ValueShape(of: value)
        case .path(let path): return shape(of: path, at: node.column)
        case .list(let nodes): return listed(nodes.map { shape(of: $0) })
        case .not(let part):
            truth(part, "not")
            return .boolean
        case .all(let nodes), .any(let nodes):
            let word = if case .all = node.content { "and" } else { "or" }
            for part in nodes { truth(part, word) }
            return .boolean
        case .minus(let part):
            expect(.number, shape(of: part), at: node.column) { "'-' computes with numbers, not \($0)" }
            return .number
        case .comparison(let sign, let left, let right):
            compare(sign, left, right, at: node.column)
            return .boolean
        case .arithmetic(let first, let terms): return computed(first, terms)
        case .call(let function, let nodes): return called(function, nodes, at: node.column)
        }
    }

    private func listed(_ shapes: [ValueShape]) -> ValueShape {
        .list(of: Set(shapes).count == 1 ? shapes.first ?? .any : .any)
    }

    private mutating func truth(_ node: ConditionNode, _ word: String) {
        expect(.boolean, shape(of: node), at: node.column) { "'\(word)' needs true or false, and this is \($0)" }
    }

    private mutating func computed(_ first: ConditionNode, _ terms: [ConditionNode.Term]) -> ValueShape {
        let sign = terms.first?.sign.rawValue ?? "+"
        let column = terms.first?.column ?? first.column
        expect(.number, shape(of: first), at: column) { "'\(sign)' computes with numbers, not \($0)" }
        for term in terms {
            expect(.number, shape(of: term.node), at: term.column) {
                "'\(term.sign.rawValue)' computes with numbers, not \($0)"
            }
        }
        return .number
    }

    private mutating func called(
        _ function: ConditionNode.Function, _ nodes: [ConditionNode], at column: Int
    ) -> ValueShape {
        let found = nodes.map { shape(of: $0) }
        switch function {
        case .exists: return .boolean
        case .length:
            if let kind = found.first?.kindName, !["text", "a list", "an object"].contains(kind) {
                report(column, "length() measures text, a list or an object, not \(kind)")
            }
            return .integer
        case .abs, .min, .max:
            let isList = found.count == 1 && function != .abs && found.first?.kindName == "a list"
            for shape in isList ? [] : found {
                expect(.number, shape, at: column) { "\(function.rawValue)() takes numbers, not \($0)" }
            }
            return .number
        }
    }

    // MARK: - Paths

    private mutating func shape(of path: ConditionPath, at column: Int) -> ValueShape {
        guard var shape = shapes[path.root] else {
            if complete { report(column, "nothing is called '\(path.root)'" + advice(path.root, shapes.keys.sorted())) }
            return .any
        }
        var walked = ConditionPath(root: path.root, steps: [])
        for step in path.steps {
            guard let next = next(step, from: shape, walked, at: column) else { return .any }
            shape = next
            walked = ConditionPath(root: path.root, steps: walked.steps + [step])
        }
        return shape
    }

    private mutating func next(
        _ step: ConditionPath.Step, from shape: ValueShape, _ walked: ConditionPath, at column: Int
    ) -> ValueShape? {
        switch (shape, step) {
        case (.any, _): return .any
        case (.list(let element), .element): return element
        case (.object(let fields), .field(let name)):
            if let field = fields[name] { return field }
            report(column, "'\(walked)' has no '\(name)'" + advice(name, fields.keys.sorted()))
        case (_, .field(let name)):
            report(column, "'\(walked)' is \(shape.kindName ?? "") and has no '\(name)'")
        case (_, .element(let place)):
            report(column, "'\(walked)' is \(shape.kindName ?? "") and has no element \(place)")
        }
        return nil
    }

    private func advice(_ name: String, _ known: [String]) -> String {
        if let nearest = Spelling.nearest(to: name, among: known) { return " (did you mean '\(nearest)'?)" }
        guard !known.isEmpty, known.count <= 12 else { return "" }
        return "; known: \(known.joined(separator: ", "))"
    }

    // MARK: - Comparisons

    private mutating func compare(
        _ sign: ConditionNode.Comparison, _ left: ConditionNode, _ right: ConditionNode, at column: Int
    ) {
        let shapes = (shape(of: left), shape(of: right))
        switch sign {
        case .equal, .different:
            if !checkKinds(shapes.0, shapes.1, sign, at: column) { return }
            checkTexts(left, against: shapes.1)
            checkTexts(right, against: shapes.0)
        case .inside, .outside: checkMembership(left, right, shapes, at: column)
        case .less, .atMost, .more, .atLeast: checkOrder(shapes.0, shapes.1, sign, at: column)
        }
    }

    /// Whether the kinds may be equal.
    private mutating func checkKinds(
        _ left: ValueShape, _ right: ValueShape, _ sign: ConditionNode.Comparison, at column: Int
    ) -> Bool {
        guard let first = left.kindName, let second = right.kindName, first != second else { return true }
        let answer = sign == .equal ? "false" : "true"
        report(column, "'\(sign.rawValue)' is always \(answer): \(first) never equals \(second)")
        return false
    }

    private mutating func checkOrder(
        _ left: ValueShape, _ right: ValueShape, _ sign: ConditionNode.Comparison, at column: Int
    ) {
        let kinds = [left.kindName, right.kindName].compactMap { $0 }
        if let wrong = kinds.first(where: { $0 != "a number" && $0 != "text" }) {
            report(column, "'\(sign.rawValue)' compares numbers or texts, not \(wrong)")
        } else if kinds.count == 2, kinds[0] != kinds[1] {
            report(column, "'\(sign.rawValue)' cannot compare \(kinds[0]) with \(kinds[1])")
        }
    }

    private mutating func checkMembership(
        _ left: ConditionNode, _ right: ConditionNode, _ shapes: (ValueShape, ValueShape), at column: Int
    ) {
        switch shapes.1 {
        case .list(let element):
            if case .list(let nodes) = right.content {
                for node in nodes { checkTexts(node, against: shapes.0) }
            }
            checkTexts(left, against: element)
        case .text, .object:
            expect(.text, shapes.0, at: column) {
                "only text can be in \(shapes.1.kindName ?? "text"), not \($0)"
            }
            if case .object(let fields) = shapes.1 { checkTexts(left, against: .text(fields.keys.sorted())) }
        case .any: return
        default:
            report(column, "'in' looks into a list, a text or an object, not \(shapes.1.kindName ?? "this")")
        }
    }

    /// Reports a literal text that the other side can never be.
    private mutating func checkTexts(_ node: ConditionNode, against shape: ValueShape) {
        guard case .literal(.text(let text)) = node.content, case .text(let allowed?) = shape,
            !allowed.contains(text)
        else { return }
        report(node.column, "'\(text)' never occurs here" + advice(text, allowed))
    }
}
