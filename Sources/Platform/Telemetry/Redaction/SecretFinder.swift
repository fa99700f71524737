/// Looks for secrets in a text as written, and in what the text means once percent signs and backslashes are decoded.
struct SecretFinder {
    private(set) var found: [RedactedRange] = []
    private(set) var steps = 0
    private let matcher: SecretMatcher

    /// JSON within JSON within JSON; deeper nesting is not looked through.
    private static let escapeDepth = 3

    init(matcher: SecretMatcher) {
        self.matcher = matcher
    }

    mutating func search(_ source: [UInt8]) {
        look(at: source) { $0 }
        if source.contains(UInt8(ascii: "%")) { look(through: TextView(source).percentDecoded()) }
        var view = TextView(source)
        for _ in 0..<SecretFinder.escapeDepth {
            guard view.bytes.contains(UInt8(ascii: "\\")) else { return }
            view = view.unescaped()
            look(through: view)
            if view.bytes.contains(UInt8(ascii: "%")) { look(through: view.percentDecoded()) }
        }
    }

    private mutating func look(through view: TextView) {
        steps += view.bytes.count
        look(at: view.bytes) { range in
            RedactedRange(start: view.starts[range.start], end: view.ends[range.end - 1])
        }
    }

    private mutating func look(at bytes: [UInt8], origin: (RedactedRange) -> RedactedRange) {
        var scanner = PatternScanner(bytes)
        scanner.scan()
        let known = matcher.matches(in: bytes)
        steps += scanner.steps + known.steps
        found += scanner.found.map(origin)
        found += known.ranges.map(origin)
    }
}
