/// Walks over the bytes of a JSON text and counts lines and columns.
struct JSONScanner {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    private var column = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    var position: SourcePosition { SourcePosition(line: line, column: column) }

    func error(_ message: String) -> YAMLError { YAMLError(message, at: position) }

    mutating func advance() {
        guard let byte = peek else { return }
        place += 1
        if byte == UInt8(ascii: "\n") {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }

    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: wanted) else { return false }
        advance()
        return true
    }

    mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { advance() }
    }

    // MARK: - Text

    /// The text at the opening quote.
    mutating func text() throws(YAMLError) -> String {
        let start = position
        advance()
        var content: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw YAMLError("this text is no valid UTF-8", at: start)
                }
                advance()
                return text
            case UInt8(ascii: "\\"): content += String(try escape()).utf8
            case 0..<0x20: throw error("a control character must be written as an escape such as \\n")
            default:
                content.append(byte)
                advance()
            }
        }
        throw YAMLError("the text that begins here has no closing quote", at: start)
    }

    private mutating func escape() throws(YAMLError) -> Unicode.Scalar {
        advance()
        let byte = peek
        guard byte != UInt8(ascii: "u") else { return try unicode() }
        let escapes: [Unicode.Scalar: Unicode.Scalar] = [
            "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
        ]
        guard let byte, let scalar = escapes[Unicode.Scalar(byte)] else {
            throw error("this escape is unknown; allowed: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
        }
        advance()
        return scalar
    }

    private mutating func unicode() throws(YAMLError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), take("\\"), peek == UInt8(ascii: "u") else { throw halfPair }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw halfPair }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private var halfPair: YAMLError { error("half of a surrogate pair stands here alone") }

    /// The four digits after the `u`.
    private mutating func codeUnit() throws(YAMLError) -> UInt16 {
        advance()
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("four hexadecimal digits must follow \\u")
            }
            unit = unit << 4 | UInt16(digit)
            advance()
        }
        return unit
    }

    // MARK: - Words

    /// `true`, `false`, `null` or a number.
    mutating func word() throws(YAMLError) -> (raw: String, ScalarValue) {
        let start = position
        var raw = ""
        while let byte = peek, raw.utf8.count < 400, JSONScanner.isWordByte(byte) {
            raw.unicodeScalars.append(Unicode.Scalar(byte))
            advance()
        }
        switch raw {
        case "true": return (raw, .bool(true))
        case "false": return (raw, .bool(false))
        case "null": return (raw, .null)
        default: break
        }
        guard JSONScanner.isNumber(raw), let number = Double(raw), number.isFinite else {
            let found = raw.isEmpty ? "" : ", not '\(raw.prefix(40))'"
            throw YAMLError("a JSON value must stand here\(found)", at: start)
        }
        return (raw, Int(raw).map(ScalarValue.integer) ?? .number(number))
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "+-._".utf8.contains(byte)
        }
    }

    /// `-? (0 | [1-9][0-9]*) (\. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    private static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text)
        if rest.first == "-" { rest.removeFirst() }
        let whole = digits(&rest)
        guard !whole.isEmpty, whole == "0" || whole.first != "0" else { return false }
        if rest.first == "." {
            rest.removeFirst()
            guard !digits(&rest).isEmpty else { return false }
        }
        if rest.first == "e" || rest.first == "E" {
            rest.removeFirst()
            if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
            guard !digits(&rest).isEmpty else { return false }
        }
        return rest.isEmpty
    }

    private static func digits(_ rest: inout Substring) -> Substring {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest[digits.endIndex...]
        return digits
    }
}
