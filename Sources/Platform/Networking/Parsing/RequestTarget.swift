/// The target of a request line, taken apart and decoded.
struct RequestTarget: Sendable {
    let text: String
    let path: String
    let query: [(name: String, value: String)]

    /// Takes `/path?query`, `http://host/path?query` and `*`; nil for anything else and for what does not decode.
    init?(_ text: String) {
        self.text = text
        if text == "*" {
            (path, query) = ("*", [])
            return
        }
        guard let origin = RequestTarget.originForm(text) else { return nil }
        let parts = origin.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = PercentCoding.decode(parts[0], plusIsSpace: false), !RequestTarget.climbs(path) else {
            return nil
        }
        self.path = path
        if parts.count == 1 {
            query = []
        } else {
            guard let query = RequestTarget.pairs(parts[1]) else { return nil }
            self.query = query
        }
    }

    /// The path and query of a target; an absolute one loses its scheme and host.
    private static func originForm(_ text: String) -> Substring? {
        if text.utf8.first == UInt8(ascii: "/") { return text[...] }
        for scheme in ["http://", "https://"] where text.count > scheme.count {
            guard ASCII.equal(text.prefix(scheme.count), scheme) else { continue }
            let rest = text.dropFirst(scheme.count)
            guard let slash = rest.firstIndex(of: "/") else { return rest.contains("?") ? nil : "/" }
            return rest[slash...]
        }
        return nil
    }

    /// Whether a path has `.` or `..` segments, which clients resolve before they ask.
    private static func climbs(_ path: String) -> Bool {
        guard path.utf8.contains(UInt8(ascii: ".")) else { return false }
        return path.utf8.split(separator: UInt8(ascii: "/")).contains {
            $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
        }
    }

    private static func pairs(_ text: Substring) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for part in text.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(sides[0], plusIsSpace: true),
                let value = sides.count == 1 ? "" : PercentCoding.decode(sides[1], plusIsSpace: true)
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    static func segments(of target: String) -> [String] {
        guard let origin = originForm(target) else { return [] }
        let path = origin.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)[0]
        return path.split(separator: "/").compactMap { PercentCoding.decode($0, plusIsSpace: false) }
    }
}
