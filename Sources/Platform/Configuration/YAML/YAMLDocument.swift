/// A YAML text read into a tree; JSON is YAML and works as well.
public enum YAMLDocument {
    /// Reads one document, an empty one as an empty section.
    ///
    /// Refuses duplicate keys, a second document, tags outside YAML's core, and whatever exceeds the limits.
    public static func parse(
        _ text: some Collection<UInt8>, limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) -> YAMLNode {
        try limits.checkSize(text.count)
        var composer = YAMLComposer(events: try YAMLEventReader(text), limits: limits)
        return try composer.document()
    }

    /// Reads every document of a text, none of an empty one, and beside them the keys that stand twice.
    ///
    /// Of a repeated key the first value counts. The limits hold for all documents together.
    public static func parseAll(
        _ text: some Collection<UInt8>, limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) -> (documents: [YAMLNode], repeatedKeys: [YAMLError.Problem]) {
        try limits.checkSize(text.count)
        var composer = YAMLComposer(events: try YAMLEventReader(text), limits: limits)
        return try composer.documents()
    }
}

extension YAMLLimits {
    func checkSize(_ count: Int) throws(YAMLError) {
        guard count > bytes else { return }
        throw YAMLError(
            "the text has \(count) bytes; allowed: up to \(bytes)", at: SourcePosition(line: 1, column: 1))
    }
}

/// Builds the tree from events, following aliases within bounds.
struct YAMLComposer: ~Copyable {
    private struct Anchored {
        let node: YAMLNode
        let values: Int
        let height: Int
    }

    private var events: YAMLEventReader
    private let limits: YAMLLimits
    private var anchors: [String: Anchored] = [:]
    private var values = 0
    private var highest = 0
    private var problems: [YAMLError.Problem] = []

    init(events: consuming YAMLEventReader, limits: YAMLLimits) {
        self.events = events
        self.limits = limits
    }

    mutating func document() throws(YAMLError) -> YAMLNode {
        _ = try events.next()
        let start = try events.next()
        guard case .documentStart = start.event else {
            return YAMLNode(.section([]), at: SourcePosition(line: 1, column: 1))
        }
        let first = try events.next()
        let root = try node(first.event, at: first.position, depth: 1)
        _ = try events.next()
        let end = try events.next()
        guard case .streamEnd = end.event else {
            throw YAMLError("a second document starts here; allowed: one per file", at: end.position)
        }
        guard problems.isEmpty else { throw YAMLError(problems) }
        return root
    }

    mutating func documents() throws(YAMLError) -> (documents: [YAMLNode], repeatedKeys: [YAMLError.Problem]) {
        var roots: [YAMLNode] = []
        _ = try events.next()
        while case .documentStart = try events.next().event {
            anchors = [:]
            let first = try events.next()
            roots.append(try node(first.event, at: first.position, depth: 1))
            _ = try events.next()
        }
        return (roots, problems)
    }

    private mutating func node(
        _ event: YAMLEvent, at position: SourcePosition, depth: Int
    ) throws(YAMLError) -> YAMLNode {
        if case .alias(let name) = event { return try alias(name, at: position, depth: depth) }
        try count(1, depth: depth, at: position)
        let valuesBefore = values
        let highestBefore = highest
        highest = depth
        defer { highest = max(highest, highestBefore) }
        let (node, anchor) = try anchoredNode(event, at: position, depth: depth)
        if let anchor {
            anchors[anchor] = Anchored(node: node, values: values - valuesBefore + 1, height: highest - depth)
        }
        return node
    }

    private mutating func anchoredNode(
        _ event: YAMLEvent, at position: SourcePosition, depth: Int
    ) throws(YAMLError) -> (YAMLNode, anchor: String?) {
        switch event {
        case .scalar(let scalar):
            let value = try typed(scalar, at: position)
            return (YAMLNode(.scalar(raw: scalar.text, value), at: position), scalar.properties.anchor)
        case .sequenceStart(let properties):
            try check(properties.tag, is: "seq", at: position)
            return (YAMLNode(.list(try items(depth: depth)), at: position), properties.anchor)
        case .mappingStart(let properties):
            try check(properties.tag, is: "map", at: position)
            return (YAMLNode(.section(try entries(depth: depth)), at: position), properties.anchor)
        default:
            throw YAMLError("a value was expected here", at: position)
        }
    }

    private mutating func items(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let next = try events.next()
            if case .sequenceEnd = next.event { return items }
            items.append(try node(next.event, at: next.position, depth: depth + 1))
        }
    }

    private mutating func entries(depth: Int) throws(YAMLError) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var lines: [String: Int] = [:]
        while true {
            let next = try events.next()
            if case .mappingEnd = next.event { return entries }
            guard case .scalar(let scalar) = next.event else {
                throw YAMLError("a key must be a single word or text", at: next.position)
            }
            try count(1, depth: depth, at: next.position)
            let start = try events.next()
            let value = try node(start.event, at: start.position, depth: depth + 1)
            guard let line = lines.updateValue(next.position.line, forKey: scalar.text) else {
                entries.append(YAMLEntry(key: scalar.text, keyPosition: next.position, value: value))
                continue
            }
            let message = "the key '\(scalar.text.escapingControls)' stands already in line \(line); allowed: once"
            problems.append(YAMLError.Problem(message, at: next.position))
        }
    }

    private mutating func alias(
        _ name: String, at position: SourcePosition, depth: Int
    ) throws(YAMLError) -> YAMLNode {
        guard let anchored = anchors[name] else {
            throw YAMLError("the alias '*\(name)' has no anchor '&\(name)' that ends before it", at: position)
        }
        try count(anchored.values, depth: depth + anchored.height, at: position)
        highest = max(highest, depth + anchored.height)
        return anchored.node.moved(to: position)
    }

    private mutating func count(_ more: Int, depth: Int, at position: SourcePosition) throws(YAMLError) {
        guard depth <= limits.depth else {
            throw YAMLError("this nests deeper than \(limits.depth) levels", at: position)
        }
        values += more
        guard values <= limits.values else {
            throw YAMLError(
                "the document holds more than \(limits.values) values once aliases are followed", at: position)
        }
    }

    private func check(_ tag: String?, is kind: String, at position: SourcePosition) throws(YAMLError) {
        guard let tag, tag != "!", tag != "tag:yaml.org,2002:\(kind)" else { return }
        throw YAMLError("the tag '\(tag.escapingControls)' is not known here; allowed: none", at: position)
    }

    private func typed(_ scalar: YAMLEvent.Scalar, at position: SourcePosition) throws(YAMLError) -> ScalarValue {
        guard let tag = scalar.properties.tag, tag != "!" else {
            return scalar.isPlain ? ScalarValue(plain: scalar.text) : .text(scalar.text)
        }
        let value = ScalarValue(plain: scalar.text)
        switch (tag, value) {
        case ("tag:yaml.org,2002:str", _): return .text(scalar.text)
        case ("tag:yaml.org,2002:null", .null), ("tag:yaml.org,2002:bool", .bool),
            ("tag:yaml.org,2002:int", .integer), ("tag:yaml.org,2002:float", .number):
            return value
        case ("tag:yaml.org,2002:float", .integer(let whole)): return .number(Double(whole))
        default:
            throw YAMLError("the tag '\(tag.escapingControls)' does not fit what follows it", at: position)
        }
    }
}
