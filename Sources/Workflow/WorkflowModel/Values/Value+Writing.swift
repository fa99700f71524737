extension Value {
    /// Canonical JSON: names in the order of their scalars, no spaces, so that equal values give equal bytes.
    ///
    /// A number without a fraction is written as a whole number. Throws for a number that JSON has no form for.
    public func json() throws(ValueError) -> [UInt8] {
        var bytes: [UInt8] = []
        try write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) throws(ValueError) {
        switch self {
        case .null: bytes += "null".utf8
        case .boolean(let truth): bytes += (truth ? "true" : "false").utf8
        case .integer(let integer): bytes += "\(integer)".utf8
        case .number(let number): try Value.write(number, to: &bytes)
        case .text(let text): Value.write(text, to: &bytes)
        case .list(let elements):
            bytes.append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                try element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let fields): try Value.write(fields, to: &bytes)
        }
    }

    private static func write(_ fields: [String: Value], to bytes: inout [UInt8]) throws(ValueError) {
        bytes.append(UInt8(ascii: "{"))
        let sorted = fields.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
        for (place, field) in sorted.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            write(field.key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            try field.value.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func write(_ number: Double, to bytes: inout [UInt8]) throws(ValueError) {
        guard number.isFinite else { throw ValueError("JSON has no form for the number \(number)") }
        let text = "\(number)"
        bytes += text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...]
    }

    /// A text as JSON has it, in quotation marks.
    public static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        write(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += #"\""#.utf8
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case 0x0A: bytes += #"\n"#.utf8
            case 0x0D: bytes += #"\r"#.utf8
            case 0x09: bytes += #"\t"#.utf8
            case 0..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "1")\(hexDigits[Int(byte % 16)])".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hexDigits = Array("0123456789abcdef")
}

/// Why a value cannot be written.
public struct ValueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was wrong.
    public let message: String

    init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
