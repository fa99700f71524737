/// Finds what looks like a secret in one pass over a text, without being told any values.
///
/// It finds the values of telling names (`SecretNames`) in queries, headers, JSON, YAML and flags, `Bearer` and `Basic`
/// credentials, keys that begin with `bw_` or `sk-`, JSON Web Tokens, private keys in PEM, and passwords in addresses.
/// What is hidden in a quoted text ends with it, so that JSON stays JSON. No byte is looked at more than a fixed number
/// of times, which `steps` shows: whatever fails to match is resumed behind what was read.
struct PatternScanner {
    let bytes: [UInt8]
    var position = 0
    private(set) var found: [RedactedRange] = []
    /// Bytes looked at so far.
    private(set) var steps = 0
    private var quotes = QuoteCursor()
    var run = RunCursor()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func scan() {
        while position < bytes.count {
            steps += 1
            if ByteClass.word.contains(bytes[position]) {
                word()
            } else if bytes[position] == UInt8(ascii: ":"), starts("://", at: position) {
                address(from: position + 3)
            } else {
                position += 1
            }
        }
    }

    private mutating func word() {
        let start = position
        let end = skip(from: start, while: ByteClass.word.contains)
        position = end
        switch bytes[start] {
        case UInt8(ascii: "e"): if webToken(start, end) { return }
        case UInt8(ascii: "b"), UInt8(ascii: "B"): if credentials(start, end) { return }
        default: break
        }
        if privateKey(start, end) { return }
        prefixedKey(start, end)
        if let kind = SecretNames.kind(of: bytes[nameStart(of: start)..<end]) { named(kind, start, end) }
    }

    /// Where a name in several words may begin: `api.key`, `API key`.
    private func nameStart(of start: Int) -> Int {
        guard let before = byte(start - 1), before == 32 || before == UInt8(ascii: ".") else { return start }
        return max(0, start - 8)
    }

    mutating func hide(_ start: Int, _ end: Int, isBareValue: Bool = false) {
        guard end > start else { return }
        found.append(RedactedRange(start: start, end: end, bareDepth: isBareValue ? 0 : nil))
    }

    /// The first place from `start` on whose byte does not fit.
    mutating func skip(from start: Int, while fits: (UInt8) -> Bool) -> Int {
        var index = start
        while index < bytes.count, fits(bytes[index]) { index += 1 }
        steps += index - start + 1
        return index
    }

    mutating func skipBlanks(from start: Int) -> Int {
        skip(from: start) { $0 == 32 || $0 == 9 }
    }

    func byte(_ index: Int) -> UInt8? {
        bytes.indices.contains(index) ? bytes[index] : nil
    }

    func starts(_ text: StaticString, at index: Int) -> Bool {
        guard index >= 0, index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { zip($0, bytes[index...]).allSatisfy { $0 == $1 } }
    }

    /// Whether a double quote is open at `index`, counted from the start of its line; `index` may only grow.
    mutating func isQuoted(at index: Int) -> Bool {
        steps += quotes.advance(to: index, in: bytes)
        return quotes.isOpen
    }

    mutating func count(_ looked: Int) {
        steps += looked
    }
}

/// Follows whether a double quote is open while moving forward through a text.
struct QuoteCursor {
    private(set) var isOpen = false
    private var position = 0
    private var isEscaped = false

    /// Moves on and returns how many bytes it looked at.
    mutating func advance(to index: Int, in bytes: [UInt8]) -> Int {
        let start = position
        while position < index {
            step(bytes[position])
            position += 1
        }
        return position - start
    }

    /// Takes the next byte.
    mutating func step(_ byte: UInt8) {
        if ByteClass.endsLine(byte) { isOpen = false }
        if byte == UInt8(ascii: "\""), !isEscaped { isOpen.toggle() }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
}

/// Sets of bytes, answered by one look into a table.
struct ByteClass: Sendable {
    private let table: [Bool]

    private init(_ members: (UInt8) -> Bool) {
        table = (0...255).map { members(UInt8($0)) }
    }

    func contains(_ byte: UInt8) -> Bool { table[Int(byte)] }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func of(_ characters: String, controls: Bool = false) -> ByteClass {
        let members = Set(characters.utf8)
        return ByteClass { members.contains($0) || (controls && $0 <= 32) }
    }

    /// A new line, or the 0 that stands for the end of a quoted text in a view of it.
    static func endsLine(_ byte: UInt8) -> Bool { byte == 10 || byte == 0 }

    static let alphanumeric = ByteClass(isAlphanumeric)
    static let word = ByteClass { isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    static let credential = ByteClass { isAlphanumeric($0) || "._~+/=-".utf8.contains($0) }
    /// What ends a value after `:`, after `=`, a host and its credentials, and an address as a whole.
    static let colonStop = of(",;}])\"'&<>", controls: true)
    static let equalStop = of(";\"'&<>", controls: true)
    static let authorityStop = of("/?#\\\"'<>`", controls: true)
    static let addressStop = of("\"'<>`", controls: true)
}
