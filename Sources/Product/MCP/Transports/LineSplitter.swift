/// Cuts a stream of bytes into lines; a line that is too long is dropped while it comes in.
struct LineSplitter: Sendable {
    /// What was found.
    enum Line: Sendable, Hashable {
        /// A line without its end.
        case line([UInt8])
        /// A line was longer than allowed and was dropped.
        case tooLong
    }

    private let longest: Int
    private var rest: [UInt8] = []
    private var isDropping = false

    /// A splitter of lines of at most so many bytes.
    init(longest: Int) {
        self.longest = longest
    }

    /// The lines that end in these bytes; empty ones are left out.
    mutating func take(_ bytes: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        var left = bytes[...]
        while let end = left.firstIndex(of: UInt8(ascii: "\n")) {
            keep(left[..<end])
            lines += finish()
            left = left[left.index(after: end)...]
        }
        keep(left)
        return lines
    }

    /// What stands after the last line's end, once nothing follows.
    mutating func finish() -> [Line] {
        defer {
            rest = []
            isDropping = false
        }
        if isDropping { return [.tooLong] }
        return rest.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 } ? [] : [.line(rest)]
    }

    private mutating func keep(_ bytes: some Collection<UInt8>) {
        guard !isDropping else { return }
        if rest.count + bytes.count > longest {
            isDropping = true
            rest = []
        } else {
            rest += bytes
        }
    }
}
