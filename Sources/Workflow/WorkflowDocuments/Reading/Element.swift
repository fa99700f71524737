internal import Configuration
internal import WorkflowModel

/// A value of a document with the way that leads to it.
struct Element {
    let node: YAMLNode
    let path: String
    let log: ProblemLog

    func report(_ message: String) {
        log.report(message, path: path, at: node.position)
    }

    /// Its kind as messages name it.
    var kindName: String {
        switch node.content {
        case .section: "keys and values"
        case .list: "a list"
        case .scalar(_, .null): "nothing"
        case .scalar(_, .bool): "true or false"
        case .scalar(_, .integer), .scalar(_, .number): "a number"
        case .scalar(_, .text): "text"
        }
    }

    /// Its items; nil, and a problem, where it is no list.
    func items() -> [Element]? {
        guard let items = node.items else {
            report("must be a list, not \(kindName)")
            return nil
        }
        return items.enumerated().map { Element(node: $1, path: "\(path)[\($0)]", log: log) }
    }

    /// The text; nil, and a problem, where it is something else.
    func text() -> String? {
        if case .scalar(let raw, .text) = node.content { return raw }
        if let raw = node.raw, !node.isNull {
            report("must be text, not \(kindName); put it in quotes: \"\(raw.escapingControls)\"")
        } else {
            report("must be text, not \(kindName)")
        }
        return nil
    }

    /// A text that can name something: not empty, at most 200 characters, no control characters.
    func name() -> String? {
        guard let text = text() else { return nil }
        if text.isEmpty || text.allSatisfy(\.isWhitespace) {
            report("is empty")
        } else if text.unicodeScalars.count > 200 {
            report("is longer than 200 characters")
        } else if text.escapingControls != text {
            report("must not contain control characters")
        } else {
            return text
        }
        return nil
    }

    /// A list of names.
    func names() -> [(name: String, element: Element)]? {
        items()?.compactMap { item in item.name().map { ($0, item) } }
    }

    func boolean() -> Bool? {
        if case .scalar(_, .bool(let truth)) = node.content { return truth }
        report("must be true or false, not \(kindName)")
        return nil
    }

    func whole(_ range: ClosedRange<Int>) -> Int? {
        guard case .scalar(_, .integer(let number)) = node.content else {
            let found = if case .scalar(let raw, .number) = node.content { raw } else { kindName }
            report("must be a whole number, not \(found)")
            return nil
        }
        guard range.contains(number) else {
            report("\(number) is out of range; allowed: \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    func number(_ bounds: Bounds) -> Double? {
        let number: Double
        switch node.content {
        case .scalar(_, .integer(let whole)): number = Double(whole)
        case .scalar(_, .number(let other)): number = other
        default:
            report("must be a number, not \(kindName)")
            return nil
        }
        guard bounds.contains(number) else {
            report("\(node.raw ?? "") is out of range; allowed: \(bounds.phrase ?? "finite numbers")")
            return nil
        }
        return number
    }

    /// A text that is one of several.
    func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = text() else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        report("'\(text.escapingControls)' is not allowed here\(log.advice(text, among: known))")
        return nil
    }

    /// The value as data; nil, and a problem, where a number in it is not finite.
    func value() -> Value? {
        switch node.content {
        case .section:
            guard let section = Section(self, "it") else { return nil }
            var fields: [String: Value] = [:]
            for (key, element) in section.all { fields[key] = element.value() }
            return .object(fields)
        case .list: return .list((items() ?? []).compactMap { $0.value() })
        case .scalar(_, .null): return .null
        case .scalar(_, .bool(let truth)): return .boolean(truth)
        case .scalar(_, .integer(let whole)): return .integer(Int64(whole))
        case .scalar(_, .text(let text)): return .text(text)
        case .scalar(let raw, .number(let number)):
            if number.isFinite { return .number(number) }
            report("must be a finite number, not \(raw)")
            return nil
        }
    }

    /// The value of an object; nil, and a problem, where it is something else.
    func object() -> Value? {
        guard node.entries != nil else {
            report("must be keys and values, not \(kindName)")
            return nil
        }
        return value()
    }
}
