/// Secrets that show themselves: credentials after a scheme, keys, JSON Web Tokens and private keys.
extension PatternScanner {
    /// `Bearer x` and `Basic x`, whatever header they stand in.
    mutating func credentials(_ start: Int, _ end: Int) -> Bool {
        let isBearer = equals("bearer", start, end)
        guard isBearer || equals("basic", start, end) else { return false }
        position = skipBlanks(from: end)
        guard position > end else { return false }
        let stop = skip(from: position, while: ByteClass.credential.contains)
        guard isBearer || isBasicCredential(bytes[position..<stop]) else { return true }
        hide(position, stop)
        position = stop
        return true
    }

    /// Tells `Basic dXNlcjpwYXNz` from the word "basic" in a sentence: the name and password are joined by a colon.
    private func isBasicCredential(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count >= 4 else { return false }
        let hasDigit = text.contains { (48...57).contains($0) }
        return text.count >= 6 && hasDigit || Base64.decode(text).contains(UInt8(ascii: ":"))
    }

    /// A key of our own, `bw_…`, or of a language model's house, `sk-…`, with at least 20 characters after that.
    mutating func prefixedKey(_ start: Int, _ end: Int) {
        count(end - start)
        guard end - start >= 23 else { return }
        for index in start...end - 23 where starts("bw_", at: index) || starts("sk-", at: index) {
            guard index == start || !ByteClass.alphanumeric.contains(bytes[index - 1]) else { continue }
            return hide(index, end)
        }
    }

    /// Three or more parts joined by dots, of which the first is base64 of `{"`.
    mutating func webToken(_ start: Int, _ end: Int) -> Bool {
        guard starts("eyJ", at: start) else { return false }
        var parts = 1
        var index = end
        while byte(index) == UInt8(ascii: ".") {
            index = skip(from: index + 1, while: ByteClass.word.contains)
            parts += 1
        }
        guard parts >= 3 else { return false }
        hide(start, index)
        position = index
        return true
    }

    /// From `-----BEGIN … PRIVATE KEY-----` to the end of the line that ends it, or of the text where none does.
    mutating func privateKey(_ start: Int, _ end: Int) -> Bool {
        guard end - start >= 10, starts("-----BEGIN", at: end - 10) else { return false }
        let label = bytes[end..<min(end + 64, bytes.count)]
        let dash = label.firstIndex(of: UInt8(ascii: "-")) ?? label.endIndex
        guard String(decoding: label[..<dash], as: UTF8.self).contains("PRIVATE KEY") else { return false }
        let index = keyEnd(from: dash)
        count(index - end)
        hide(end - 10, index)
        position = index
        return true
    }

    /// Behind the line that ends a key, or before the quote around it, or at the end of the text.
    private mutating func keyEnd(from start: Int) -> Int {
        var index = start
        while let byte = byte(index), byte != 0, byte != UInt8(ascii: "\""), !starts("-----END", at: index) {
            index += 1
        }
        if byte(index) == UInt8(ascii: "-") {
            index = skip(from: index + 8) { $0 != UInt8(ascii: "-") && $0 != 10 && $0 != UInt8(ascii: "\"") }
            return skip(from: index) { $0 == UInt8(ascii: "-") }
        }
        guard byte(index) == UInt8(ascii: "\"") else { return index }
        while index > start, bytes[index - 1] == UInt8(ascii: "\\") { index -= 1 }
        return index
    }

    /// Without case; `text` is in lower case.
    private func equals(_ text: StaticString, _ start: Int, _ end: Int) -> Bool {
        guard text.utf8CodeUnitCount == end - start else { return false }
        return text.withUTF8Buffer { zip($0, bytes[start..<end]).allSatisfy { $0 == $1 | 32 } }
    }
}
