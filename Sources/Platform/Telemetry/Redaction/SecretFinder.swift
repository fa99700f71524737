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
        lookForPatterns(in: source)
        lookForKnown(in: source)
        if source.contains(UInt8(ascii: "%")) { look(through: TextView(source).percentDecoded()) }
        guard source.contains(UInt8(ascii: "\\")) else { return }
        var view = TextView(source)
        for depth in 1...SecretFinder.escapeDepth {
            guard view.bytes.contains(UInt8(ascii: "\\")) else { return }
            view = view.unescaped()
            look(through: view, depth: depth)
            if view.bytes.contains(UInt8(ascii: "%")) { look(through: view.percentDecoded()) }
        }
    }

    private mutating func look(through view: TextView, depth: Int? = nil) {
        steps += view.bytes.count
        let origin = { (range: RedactedRange) in
            RedactedRange(
                start: view.starts[range.start], end: view.ends[range.end - 1],
                bareDepth: range.bareDepth == nil ? nil : depth)
        }
        lookForPatterns(in: view.sealed, origin)
        lookForKnown(in: view.bytes, origin)
    }

    private mutating func lookForPatterns(
        in bytes: [UInt8], _ origin: (RedactedRange) -> RedactedRange = { $0 }
    ) {
        var scanner = PatternScanner(bytes)
        scanner.scan()
        steps += scanner.steps
        found += scanner.found.map(origin)
    }

    private mutating func lookForKnown(in bytes: [UInt8], _ origin: (RedactedRange) -> RedactedRange = { $0 }) {
        let known = matcher.matches(in: bytes)
        steps += known.steps
        found += known.ranges.map(origin)
    }
}
