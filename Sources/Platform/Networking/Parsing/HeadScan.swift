/// Looks for the empty line that ends a head, each byte once however slowly they come.
struct HeadScan: Sendable {
    /// Where the request line begins, after empty lines that some clients send before it.
    private(set) var begin: Int
    private var position: Int
    private var lineStart: Int
    private var lines = 0

    init(at start: Int = 0) {
        (begin, position, lineStart) = (start, start, start)
    }

    /// The buffer lost its first `count` bytes.
    mutating func move(by count: Int) {
        begin -= count
        position -= count
        lineStart -= count
    }

    /// The position after the head in `buffer`; nil where it has not all come.
    mutating func end(
        in buffer: [UInt8], from start: Int, limits: RequestLimits
    ) throws(HTTPRefusal) -> Int? {
        while position < buffer.count {
            guard let feed = buffer[position...].firstIndex(of: 0x0A) else {
                position = buffer.count
                break
            }
            guard feed > lineStart, buffer[feed - 1] == 0x0D else {
                throw .malformed("A line of the request ends without CR.")
            }
            position = feed + 1
            if feed - 1 == lineStart {
                if lines > 0 { return try checked(position, limits) }
                guard position - start <= 4 else { throw .malformed("The request begins with empty lines.") }
                begin = position
            } else {
                if lines == 0, feed - lineStart > limits.targetBytes { throw .targetTooLong }
                lines += 1
            }
            lineStart = position
            try check(limits)
        }
        try check(limits)
        return nil
    }

    private func checked(_ end: Int, _ limits: RequestLimits) throws(HTTPRefusal) -> Int {
        try check(limits)
        return end
    }

    private func check(_ limits: RequestLimits) throws(HTTPRefusal) {
        if lines == 0, position - begin > limits.targetBytes { throw .targetTooLong }
        guard position - begin <= limits.headBytes, lines <= limits.headerCount + 1 else {
            throw HTTPRefusal(.headersTooLarge, 431, "The headers of the request are too large.")
        }
    }
}

extension HTTPRefusal {
    static let targetTooLong = HTTPRefusal(.headersTooLarge, 414, "The target of the request is too long.")
}
