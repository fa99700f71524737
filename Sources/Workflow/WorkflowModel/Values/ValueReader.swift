/// Reads JSON into values, in one pass over the bytes.
///
/// Numbers without a fraction are whole where 64 bits hold them.
struct ValueReader {
    /// What is taken.
    struct Rules {
        /// Deeper nesting is refused before it can use up the stack.
        let deepest: Int
        /// Whether a name may stand twice in an object, where the last holds, and a mark of the byte order before all.
        let isLenient: Bool

        /// For what is kept, or was written by a person.
        static let own = Rules(deepest: 256, isLenient: true)
        /// For what a stranger sends: two readers would take different ones of a name that stands twice.
        static let strangers = Rules(deepest: 64, isLenient: false)
    }

    private let bytes: [UInt8]
    private let rules: Rules
    private var place = 0

    private init(_ bytes: [UInt8], _ rules: Rules) {
        (self.bytes, self.rules) = (bytes, rules)
    }

    /// The value that bytes spell; throws where they spell none, or more than one.
    static func read(_ bytes: [UInt8], _ rules: Rules = .own) throws(ValueError) -> Value {
        var reader = ValueReader(bytes, rules)
        if rules.isLenient, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
        let value = try reader.value(depth: 1)
        guard reader.next() == nil else { throw reader.error("it goes on where it should have ended") }
        return value
    }

    private func error(_ message: String) -> ValueError {
        ValueError("not JSON: \(message), at byte \(place + 1)")
    }

    /// The next byte that is no space, not taken; nil at the end.
    private mutating func next() -> UInt8? {
        while place < bytes.count {
            let byte = bytes[place]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            place += 1
        }
        return nil
    }

    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: wanted) else { return false }
        place += 1
        return true
    }

    private mutating func value(depth: Int) throws(ValueError) -> Value {
        guard depth <= rules.deepest else { throw error("it nests deeper than \(rules.deepest) levels") }
        switch next() {
        case UInt8(ascii: "{"): return .object(try fields(depth))
        case UInt8(ascii: "["): return .list(try elements(depth))
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw error("it ends where a value should stand")
        default: return try number()
        }
    }

    private mutating func elements(_ depth: Int) throws(ValueError) -> [Value] {
        var elements: [Value] = []
        place += 1
        if take("]") { return elements }
        repeat { elements.append(try value(depth: depth + 1)) } while take(",")
        guard take("]") else { throw error("a ',' or ']' is missing") }
        return elements
    }

    private mutating func fields(_ depth: Int) throws(ValueError) -> [String: Value] {
        var fields: [String: Value] = [:]
        place += 1
        if take("}") { return fields }
        repeat {
            guard next() == UInt8(ascii: "\"") else { throw error("a name in quotation marks is missing") }
            let name = try text()
            guard take(":") else { throw error("a ':' is missing") }
            let earlier = fields.updateValue(try value(depth: depth + 1), forKey: name)
            guard earlier == nil || rules.isLenient else { throw error("a name stands twice in one object") }
        } while take(",")
        guard take("}") else { throw error("a ',' or '}' is missing") }
        return fields
    }

    private mutating func word(_ word: StaticString, _ value: Value) throws(ValueError) -> Value {
        let isThere = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
        guard isThere else { throw error("there is no such word in JSON") }
        place += word.utf8CodeUnitCount
        return value
    }
}

// MARK: - Numbers

extension ValueReader {
    private mutating func number() throws(ValueError) -> Value {
        let start = place
        if peek == UInt8(ascii: "-") { place += 1 }
        if peek == UInt8(ascii: "0") { place += 1 } else { try digits() }
        var isWhole = true
        if peek == UInt8(ascii: ".") {
            (isWhole, place) = (false, place + 1)
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            (isWhole, place) = (false, place + 1)
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { place += 1 }
            try digits()
        }
        guard rules.isLenient || place - start <= 400 else { throw error("a number has more than 400 digits") }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw error("the number \(text) is too large") }
        guard !isWhole, let integer = Int64(exactly: number) else { return .number(number) }
        return .integer(integer)
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func digits() throws(ValueError) {
        let start = place
        while let byte = peek, byte >= 0x30, byte <= 0x39 { place += 1 }
        guard place > start else { throw error("a digit is missing") }
    }
}

// MARK: - Texts

extension ValueReader {
    /// A text; most have nothing in them that is written otherwise, and are taken as they stand.
    private mutating func text() throws(ValueError) -> String {
        place += 1
        let start = place
        while let byte = peek, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
        if peek == UInt8(ascii: "\"") {
            place += 1
            return try string(bytes[start..<place - 1])
        }
        var written = Array(bytes[start..<place])
        while let byte = peek, byte >= 0x20 {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return try string(written[...])
            case UInt8(ascii: "\\"): try escaped(&written)
            default: written.append(byte)
            }
        }
        throw error(peek == nil ? "a text does not end" : "a text holds a control character")
    }

    private func string(_ written: ArraySlice<UInt8>) throws(ValueError) -> String {
        guard let text = String(validating: written, as: UTF8.self) else { throw error("a text is not UTF-8") }
        return text
    }

    private mutating func escaped(_ written: inout [UInt8]) throws(ValueError) {
        guard let byte = peek else { throw error("a text does not end") }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): written.append(byte)
        case UInt8(ascii: "b"): written.append(0x08)
        case UInt8(ascii: "f"): written.append(0x0C)
        case UInt8(ascii: "n"): written.append(0x0A)
        case UInt8(ascii: "r"): written.append(0x0D)
        case UInt8(ascii: "t"): written.append(0x09)
        case UInt8(ascii: "u"): written += String(Character(try scalar())).utf8
        default: throw error("there is no such escape in JSON")
        }
    }

    /// The character that four hexadecimal digits name, or twice four where it takes two halves.
    private mutating func scalar() throws(ValueError) -> Unicode.Scalar {
        let first = try unit()
        guard first & 0xFC00 == 0xD800 else {
            guard let scalar = Unicode.Scalar(first) else { throw error("half a character stands alone") }
            return scalar
        }
        let isPair =
            place + 1 < bytes.count && bytes[place] == UInt8(ascii: "\\") && bytes[place + 1] == UInt8(ascii: "u")
        if isPair { place += 2 }
        guard isPair, case let second = try unit(), second & 0xFC00 == 0xDC00,
            let scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
        else { throw error("half a character stands alone") }
        return scalar
    }

    private mutating func unit() throws(ValueError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw error("a hexadecimal digit is missing")
            }
            unit = unit << 4 | UInt32(digit)
            place += 1
        }
        return unit
    }
}
