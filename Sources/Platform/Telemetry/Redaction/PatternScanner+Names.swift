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
        let isInside = separator.keyQuote == nil && isQuoted(at: nameStart)
        let start = position
        switch byte(start) {
        case UInt8(ascii: "\"") where isInside && closesText(start): return
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return quotedValue(isInside: isInside)
        case UInt8(ascii: "{") where separator.isColon: return
        case UInt8(ascii: "[") where separator.keyQuote == UInt8(ascii: "\""): skipList()
        case UInt8(ascii: "["): skipListInLine(isInside: isInside)
        default: break
        }
        if separator.keyQuote == nil, kind == .line || (kind == .phrase && separator.hasBlank) {
            skipLine(nameStart: nameStart, isInside: isInside)
        } else {
            skipBare(separator.isColon ? .colonStop : .equalStop)
        }
        skipBlock(from: start, isInside: isInside)
        guard !isLiteral(start) else { return }
        if wrapsQuote(start, isInside: isInside) { return quotedValue(isInside: isInside) }
        hide(start, position, isBareValue: separator.isColon && separator.keyQuote == UInt8(ascii: "\""))
    }

    /// Hides up to the quote that closes, or to the end of the line where none does; a doubled quote is part of the text.
    private mutating func quotedValue(isInside: Bool) {
        let quote = bytes[position]
        let start = position + 1
        var index = start
        while let byte = byte(index), !ByteClass.endsLine(byte) {
            if quote != UInt8(ascii: "\""), endsText(index, isInside: isInside) { break }
            if byte == UInt8(ascii: "\\") {
                index = behindEscape(index)
                continue
            }
            if byte == quote {
                guard index > start, self.byte(index + 1) == quote else { break }
                index += 1
            }
            index += 1
        }
        let end = min(index, bytes.count)
        count(end - start)
        hide(start, end)
        position = byte(end) == quote ? end + 1 : end
    }

    /// To the first byte that ends a bare value, or the backslashes before it where it is a quote.
    private mutating func skipBare(_ stop: ByteClass) {
        var index = position
        while let byte = byte(index), !stop.contains(byte), !endsText(index, isInside: true) {
            index = byte == UInt8(ascii: "\\") ? behindEscape(index) : index + 1
        }
        count(index - position)
        position = min(index, bytes.count)
    }

    /// Whether backslashes and a double quote stand here, or, in a quoted text, the quote alone.
    ///
    /// A quote with backslashes may end the text in a document within this one. Where it does not, the view in which they
    /// are decoded finds the rest of the value.
    private func endsText(_ index: Int, isInside: Bool) -> Bool {
        var end = index
        while byte(end) == UInt8(ascii: "\\") { end += 1 }
        return byte(end) == UInt8(ascii: "\"") && (isInside || end > index)
    }

    /// Behind a run of backslashes and what they escape.
    private func behindEscape(_ index: Int) -> Int {
        var end = index
        while byte(end) == UInt8(ascii: "\\") { end += 1 }
        let isWhole = (end - index).isMultiple(of: 2) || byte(end).map(ByteClass.endsLine) ?? true
        return isWhole ? end : end + 1
    }

    /// Over a list of JSON, of which brackets within quotes are no part and which may take several lines.
    private mutating func skipList() {
        var depth = 0
        var quotes = QuoteCursor()
        position = skip(from: position) { byte in
            quotes.step(byte)
            if !quotes.isOpen { depth += byte == UInt8(ascii: "[") ? 1 : byte == UInt8(ascii: "]") ? -1 : 0 }
            return depth > 0 && byte != 0
        }
        if byte(position) == UInt8(ascii: "]") { position += 1 }
    }

    /// Over a list in brackets within its line and the quoted text around it.
    private mutating func skipListInLine(isInside: Bool) {
        var depth = 0
        var index = position
        while let byte = byte(index), !ByteClass.endsLine(byte), !endsText(index, isInside: isInside) {
            depth += byte == UInt8(ascii: "[") ? 1 : byte == UInt8(ascii: "]") ? -1 : 0
            index = byte == UInt8(ascii: "\\") ? behindEscape(index) : index + 1
            if depth <= 0 { break }
        }
        count(index - position)
        position = min(index, bytes.count)
    }

    /// To the end of the line, or of the quoted text that the name itself stands in.
    private mutating func skipLine(nameStart: Int, isInside: Bool) {
        let isSingle = byte(nameStart - 1) == UInt8(ascii: "'")
        var index = position
        while let byte = byte(index), !ByteClass.endsLine(byte), byte != 13, !endsText(index, isInside: isInside) {
            if isSingle, byte == UInt8(ascii: "'") { break }
            index = byte == UInt8(ascii: "\\") ? behindEscape(index) : index + 1
        }
        count(index - position)
        position = min(index, bytes.count)
    }

    /// Over the lines of a block of YAML, which begins with `|` or `>` and is indented.
    private mutating func skipBlock(from start: Int, isInside: Bool) {
        let isBlock = byte(start) == UInt8(ascii: "|") || byte(start) == UInt8(ascii: ">")
        guard isBlock, !isInside, position - start <= 3 else { return }
        while byte(position) == 10, let next = byte(position + 1), next == 32 || next == 9 {
            position = skip(from: position + 1) { $0 != 10 }
        }
    }

    /// Whether a double quote ends a text that it stands in, rather than beginning one.
    private func closesText(_ index: Int) -> Bool {
        byte(index + 1).map { ",}]: \t\r\n".utf8.contains($0) } ?? true
    }

    /// Whether what was read is the beginning of `Optional("…")` or `b'…'`.
    private func wrapsQuote(_ start: Int, isInside: Bool) -> Bool {
        guard position > start, let quote = byte(position) else { return false }
        guard quote == UInt8(ascii: "'") || (quote == UInt8(ascii: "\"") && !isInside) else { return false }
        let last = bytes[position - 1]
        return (last == UInt8(ascii: "(") && position - start <= 12)
            || (position - start == 1 && ByteClass.alphanumeric.contains(last))
    }

    private func isLiteral(_ start: Int) -> Bool {
        ["null", "true", "false"].contains(String(decoding: bytes[start..<min(position, start + 6)], as: UTF8.self))
    }
}
