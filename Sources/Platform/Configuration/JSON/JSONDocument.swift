/// A JSON text (RFC 8259) read into the same tree as YAML.
public enum JSONDocument {
    /// Reads one value, and beside it the keys that stand twice, of which the first value counts.
    ///
    /// Stricter than YAML: no comments, no trailing commas, no unquoted text. Throws at the first place that is no JSON
    /// and where a limit is exceeded.
    public static func parse(
        _ text: some Collection<UInt8>, limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) -> (root: YAMLNode, repeatedKeys: [YAMLError.Problem]) {
        try limits.checkSize(text.count)
        var reader = JSONTreeReader(Array(text), limits: limits)
        return try reader.document()
    }
}

/// Reads JSON by recursive descent, which the limit of depth bounds.
struct JSONTreeReader {
    private var scanner: JSONScanner
    private let limits: YAMLLimits
    private var values = 0
    private var repeated: [YAMLError.Problem] = []

    init(_ bytes: [UInt8], limits: YAMLLimits) {
        scanner = JSONScanner(bytes)
        self.limits = limits
    }

    mutating func document() throws(YAMLError) -> (root: YAMLNode, repeatedKeys: [YAMLError.Problem]) {
        scanner.skipSpace()
        let root = try value(depth: 1)
        scanner.skipSpace()
        guard scanner.peek == nil else { throw scanner.error("the text should have ended here") }
        return (root, repeated)
    }

    private mutating func value(depth: Int) throws(YAMLError) -> YAMLNode {
        try count(depth)
        let start = scanner.position
        switch scanner.peek {
        case UInt8(ascii: "{"): return YAMLNode(.section(try entries(depth)), at: start)
        case UInt8(ascii: "["): return YAMLNode(.list(try items(depth)), at: start)
        case UInt8(ascii: "\""):
            let text = try scanner.text()
            return YAMLNode(.scalar(raw: text, .text(text)), at: start)
        default:
            let (raw, value) = try scanner.word()
            return YAMLNode(.scalar(raw: raw, value), at: start)
        }
    }

    private mutating func count(_ depth: Int) throws(YAMLError) {
        guard depth <= limits.depth else { throw scanner.error("this nests deeper than \(limits.depth) levels") }
        values += 1
        guard values <= limits.values else {
            throw scanner.error("the document holds more than \(limits.values) values")
        }
    }

    private mutating func items(_ depth: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        scanner.advance()
        scanner.skipSpace()
        if scanner.take("]") { return items }
        while true {
            items.append(try value(depth: depth + 1))
            scanner.skipSpace()
            if scanner.take("]") { return items }
            guard scanner.take(",") else { throw scanner.error("a ',' or ']' is missing here") }
            scanner.skipSpace()
        }
    }

    private mutating func entries(_ depth: Int) throws(YAMLError) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var lines: [String: Int] = [:]
        scanner.advance()
        scanner.skipSpace()
        if scanner.take("}") { return entries }
        while true {
            let entry = try entry(depth)
            if let line = lines.updateValue(entry.keyPosition.line, forKey: entry.key) {
                let message = "the key '\(entry.key.escapingControls)' stands already in line \(line); allowed: once"
                repeated.append(YAMLError.Problem(message, at: entry.keyPosition))
            } else {
                entries.append(entry)
            }
            scanner.skipSpace()
            if scanner.take("}") { return entries }
            guard scanner.take(",") else { throw scanner.error("a ',' or '}' is missing here") }
            scanner.skipSpace()
        }
    }

    private mutating func entry(_ depth: Int) throws(YAMLError) -> YAMLEntry {
        let position = scanner.position
        guard scanner.peek == UInt8(ascii: "\"") else { throw scanner.error("a key in double quotes is missing here") }
        try count(depth)
        let key = try scanner.text()
        scanner.skipSpace()
        guard scanner.take(":") else { throw scanner.error("a ':' is missing after the key") }
        scanner.skipSpace()
        return YAMLEntry(key: key, keyPosition: position, value: try value(depth: depth + 1))
    }
}
