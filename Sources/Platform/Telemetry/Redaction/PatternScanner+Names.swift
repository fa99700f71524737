/// Values that belong to a telling name.
extension PatternScanner {
    /// What stands between a name and its value.
    private struct Separator {
        var isColon: Bool
        var hasBlank: Bool
        var keyQuote: UInt8?
    }

    /// Hides the value after the name that stands in `start..<end`, if one follows.
    mutating func named(_ kind: SecretNames.Kind, _ start: Int, _ end: Int) {
        let quote = byte(end).flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") ? $0 : nil }
        let close = quote == nil ? end : end + 1
        position = skipBlanks(from: close)
        let mark = byte(position)
        if mark == UInt8(ascii: ":") || mark == UInt8(ascii: "=") {
            let after = skip(from: position + 1) { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ">") }
            position = skipBlanks(from: after)
            let separator = Separator(
                isColon: mark == UInt8(ascii: ":"), hasBlank: position > after, keyQuote: quote)
            value(kind, separator, nameStart: start)
        } else if starts("--", at: start), position > close, mark != UInt8(ascii: "-") {
            value(.word, Separator(isColon: false, hasBlank: false, keyQuote: nil), nameStart: start)
        }
    }

    /// Hides the value at `position` and moves behind it.
    private mutating func value(_ kind: SecretNames.Kind, _ separator: Separator, nameStart: Int) {
        let start = position
        switch byte(start) {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return quotedValue()
        case UInt8(ascii: "{") where separator.isColon: return
        case UInt8(ascii: "["): skipList()
        default: break
        }
        if separator.keyQuote == nil, kind == .line || (kind == .phrase && separator.hasBlank) {
            skipLine(nameStart: nameStart)
        } else {
            let stop = separator.isColon ? ByteClass.colonStop : ByteClass.equalStop
            position = skip(from: position) { !stop.contains($0) }
        }
        guard !isLiteral(start) else { return }
        hide(start, position, isBareValue: separator.isColon && separator.keyQuote == UInt8(ascii: "\""))
    }

    /// Hides up to the quote that closes, or to the end of the line where none does; a doubled quote is part of the text.
    private mutating func quotedValue() {
        let quote = bytes[position]
        let start = position + 1
        var index = start
        while let byte = byte(index), byte != 10 {
            if byte == UInt8(ascii: "\\") {
                index += 1
            } else if byte == quote {
                guard index > start, self.byte(index + 1) == quote else { break }
                index += 1
            }
            index += 1
        }
        let end = min(index, bytes.count)
        count(end - start)
        hide(start, end)
        position = min(end + 1, bytes.count)
    }

    private mutating func skipList() {
        position = skip(from: position) { $0 != UInt8(ascii: "]") && $0 != 10 }
        if byte(position) == UInt8(ascii: "]") { position += 1 }
    }

    /// To the end of the line, or of the quoted text that the name itself stands in.
    private mutating func skipLine(nameStart: Int) {
        let isSingle = byte(nameStart - 1) == UInt8(ascii: "'")
        let isDouble = isQuoted(at: nameStart)
        var isEscaped = false
        position = skip(from: position) { byte in
            let closes = isDouble && byte == UInt8(ascii: "\"") || isSingle && byte == UInt8(ascii: "'")
            defer { isEscaped = byte == UInt8(ascii: "\\") && !isEscaped }
            return byte != 10 && byte != 13 && (!closes || isEscaped)
        }
    }

    private func isLiteral(_ start: Int) -> Bool {
        ["null", "true", "false"].contains(String(decoding: bytes[start..<min(position, start + 6)], as: UTF8.self))
    }
}
