/// Passwords in addresses: `scheme://user:password@host`.
extension PatternScanner {
    /// Looks at the address whose host, or user, begins at `start`, and moves behind what was hidden.
    mutating func address(from start: Int) {
        position = start
        let end = skip(from: start) { !ByteClass.authorityStop.contains($0) }
        let authority = bytes[start..<end]
        guard let colon = authority.firstIndex(of: UInt8(ascii: ":")) else { return }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            guard colon < at else { return }
            hide(colon + 1, at)
            position = at + 1
        } else if let at = strayAt(after: end), !isPort(bytes[colon + 1..<end]), byte(start) != UInt8(ascii: "[") {
            hide(colon + 1, at)
            position = at + 1
        }
    }

    /// The last `@` of the address, where a password with a bare `/`, `?` or `#` cut its first part short.
    private mutating func strayAt(after end: Int) -> Int? {
        count(run.advance(to: end, in: bytes))
        return run.lastAt.flatMap { $0 >= end ? $0 : nil }
    }

    private func isPort(_ text: ArraySlice<UInt8>) -> Bool {
        text.allSatisfy { (48...57).contains($0) }
    }
}

/// Remembers where the address around a place ends and where its last `@` stands, so that each is looked for once.
struct RunCursor {
    private(set) var lastAt: Int?
    private var end = 0

    /// Looks at the run that holds `index`, if it is not the one known, and returns how many bytes that took.
    mutating func advance(to index: Int, in bytes: [UInt8]) -> Int {
        guard index >= end else { return 0 }
        lastAt = nil
        end = index
        while end < bytes.count, !ByteClass.addressStop.contains(bytes[end]) {
            if bytes[end] == UInt8(ascii: "@") { lastAt = end }
            end += 1
        }
        return end - index
    }
}
