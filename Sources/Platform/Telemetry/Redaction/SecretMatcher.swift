/// Finds many texts at once in one pass (Aho and Corasick 1975): one table look-up for each byte, whatever the bytes.
struct SecretMatcher {
    /// Bytes that stand in no needle share class 0.
    private var classes = [UInt8](repeating: 0, count: 256)
    private var width = 1
    /// The next state for each state and class.
    private var next: [Int32] = [0]
    /// For each state, the length of the longest needle that ends there; 0 for none.
    private var longest: [Int32] = [0]
    private let isEmpty: Bool

    /// A matcher for needles that are not empty.
    init(needles: [[UInt8]]) {
        isEmpty = needles.isEmpty
        assignClasses(needles)
        next = [Int32](repeating: -1, count: width)
        for needle in needles { insert(needle) }
        linkFailures()
    }

    /// Where needles stand, in order of their ends, and the bytes looked at.
    func matches(in bytes: [UInt8]) -> (ranges: [RedactedRange], steps: Int) {
        guard !isEmpty else { return ([], 0) }
        var ranges: [RedactedRange] = []
        var state = 0
        for (index, byte) in bytes.enumerated() {
            state = Int(next[state * width + Int(classes[Int(byte)])])
            let length = Int(longest[state])
            if length > 0 { ranges.append(RedactedRange(start: index + 1 - length, end: index + 1)) }
        }
        return (ranges, bytes.count)
    }

    private mutating func assignClasses(_ needles: [[UInt8]]) {
        let used = Set(needles.joined()).sorted()
        // All 256 values cannot be in use: a text in UTF-8 never holds 0xFF, which keeps class 0 for the others.
        for (index, byte) in used.enumerated() { classes[Int(byte)] = UInt8(index + 1) }
        width = used.count + 1
    }

    private mutating func insert(_ needle: [UInt8]) {
        var state = 0
        for byte in needle {
            let edge = state * width + Int(classes[Int(byte)])
            if next[edge] < 0 {
                next[edge] = Int32(longest.count)
                longest.append(0)
                next += [Int32](repeating: -1, count: width)
            }
            state = Int(next[edge])
        }
        longest[state] = Int32(needle.count)
    }

    /// Fills the missing transitions, level by level, with those of the longest suffix that is known.
    private mutating func linkFailures() {
        var failure = [Int](repeating: 0, count: longest.count)
        var queue = [0]
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            longest[state] = max(longest[state], longest[failure[state]])
            for symbol in 0..<width {
                let edge = state * width + symbol
                let fallback = state == 0 ? 0 : next[failure[state] * width + symbol]
                if next[edge] < 0 {
                    next[edge] = fallback
                } else {
                    failure[Int(next[edge])] = Int(fallback)
                    queue.append(Int(next[edge]))
                }
            }
        }
    }
}
