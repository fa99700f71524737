import WorkflowModel

/// Reads JSON from strangers: strict, bounded in depth, and with an answer for every sequence of bytes.
///
/// A name that stands twice in one object is refused, since two readers would take different ones for it.
struct JSONReader {
    /// Deeper nesting is refused before it can use up the stack.
    static let deepest = 64

    private let bytes: [UInt8]
    private var place = 0

    /// The value that bytes spell; throws the error for a parse error otherwise.
    static func read(_ bytes: [UInt8]) throws(RPCError) -> Value {
        var reader = JSONReader(bytes: bytes)
        reader.skipSpace()
        let value = try reader.value(depth: 1)
        reader.skipSpace()
        guard reader.peek == nil else { throw reader.error("the message should have ended") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private func error(_ message: String) -> RPCError {
        .parse("not JSON: \(message) at byte \(place + 1)")
    }

    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: wanted) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    // MARK: - Values

    private mutating func value(depth: Int) throws(RPCError) -> Value {
        guard depth <= JSONReader.deepest else {
            throw error("it nests deeper than \(JSONReader.deepest) levels")
        }
        switch peek {
        case UInt8(ascii: "{"): return .object(try fields(depth))
        case UInt8(ascii: "["): return .list(try elements(depth))
        case UInt8(ascii: "\""): return .text(try text())
        case nil: throw error("it ends where a value should stand")
        default: return try word()
        }
    }

    private mutating func elements(_ depth: Int) throws(RPCError) -> [Value] {
        var elements: [Value] = []
        place += 1
        skipSpace()
        if take("]") { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return elements }
            guard take(",") else { throw error("a ',' or ']' is missing") }
            skipSpace()
        }
    }

    private mutating func fields(_ depth: Int) throws(RPCError) -> [String: Value] {
        var fields: [String: Value] = [:]
        place += 1
        skipSpace()
        if take("}") { return fields }
        while true {
            guard peek == UInt8(ascii: "\"") else { throw error("a name in quotation marks is missing") }
            let name = try text()
            skipSpace()
            guard take(":") else { throw error("a ':' is missing") }
            skipSpace()
            guard fields.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
                throw error("a name stands twice in one object; allowed: once")
            }
            skipSpace()
            if take("}") { return fields }
            guard take(",") else { throw error("a ',' or '}' is missing") }
            skipSpace()
        }
    }

    // MARK: - Words

    private mutating func word() throws(RPCError) -> Value {
        let start = place
        while let byte = peek, JSONReader.isWordByte(byte) { place += 1 }
        let raw = bytes[start..<place]
        guard raw.count <= 400 else { throw error("a number has more than 400 digits") }
        let text = String(decoding: raw, as: UTF8.self)
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default: break
        }
        guard JSONReader.isNumber(raw) else { throw error("a value should stand") }
        if let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw error("a number is too large") }
        return .number(number)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// `-? (0 | [1-9][0-9]*) (\. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = dropDigits(&rest)
        guard whole == 1 || (whole > 1 && !startsWithZero) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard dropDigits(&rest) > 0 else { return false }
        }
        if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
            guard dropDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func dropDigits(_ rest: inout ArraySlice<UInt8>) -> Int {
        let digits = rest.prefix { (0x30...0x39).contains($0) }.count
        rest = rest.dropFirst(digits)
        return digits
    }

    // MARK: - Text

    /// The text at the opening quotation mark.
    private mutating func text() throws(RPCError) -> String {
        place += 1
        var content: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else { throw error("invalid UTF-8") }
                place += 1
                return text
            case UInt8(ascii: "\\"): content += String(Character(try escape())).utf8
            case 0..<0x20: throw error("a control character stands in a text; write an escape such as \\n")
            default:
                content.append(byte)
                place += 1
            }
        }
        throw error("a text has no closing quotation mark")
    }

    private mutating func escape() throws(RPCError) -> Unicode.Scalar {
        place += 1
        guard let byte = peek else { throw error("an escape is cut off") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw error("an escape is unknown")
        }
    }

    private mutating func unicode() throws(RPCError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), take("\\"), take("u") else { throw error("half of a surrogate pair") }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw error("half of a surrogate pair") }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func codeUnit() throws(RPCError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error("four hexadecimal digits must follow \\u")
            }
            unit = unit << 4 | UInt16(digit)
            place += 1
        }
        return unit
    }
}
