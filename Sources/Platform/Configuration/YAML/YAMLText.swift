extension String {
    /// This text as one YAML value, quoted only where it would otherwise be read as something else.
    public var asYAML: String {
        needsQuotes ? quoted : self
    }

    private var needsQuotes: Bool {
        guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return true }
        guard case .text = ScalarValue(plain: self) else { return true }
        if "-?:,[]{}#&*!|>'\"%@` ".unicodeScalars.contains(first) || last == " " || last == ":" { return true }
        if contains(": ") || contains(" #") { return true }
        return unicodeScalars.contains { $0.isControl || ",[]{}".unicodeScalars.contains($0) }
    }

    private var quoted: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.isControl: result += "\\U" + hexadecimal(scalar.value, digits: 8)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// This text with control and direction-changing characters written as `\u{7}`, so that it cannot move a cursor.
    public var escapingControls: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.isControl: result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    /// C0, C1, line separators, and what changes the direction of text.
    var isControl: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF: true
        case 0xE0000...0xE007F, 0xFFF9...0xFFFB, 0xFFFE...0xFFFF: true
        default: false
        }
    }
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
