/// The disguises of a secret value that decoding does not undo.
enum SecretForms {
    /// The value itself, with `+` for blanks as forms write it, and in base64 at each of its three alignments.
    static func needles(for secret: [UInt8]) -> [[UInt8]] {
        let form = secret.map { $0 == 32 ? UInt8(ascii: "+") : $0 }
        let encoded = (0..<3).flatMap { offset in Base64.alphabets.map { core(of: secret, offset: offset, $0) } }
        return [secret, form] + encoded
    }

    /// Without the blanks at both ends.
    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let isBlank: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
        let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return Array(bytes[start..<end])
    }

    /// The base64 characters that the secret alone decides, where `offset` other bytes stand before it.
    private static func core(of secret: [UInt8], offset: Int, _ alphabet: [UInt8]) -> [UInt8] {
        let encoded = Base64.encode([UInt8](repeating: 0, count: offset) + secret, alphabet)
        let first = (offset * 8 + 5) / 6
        let last = (offset + secret.count) * 8 / 6
        return Array(encoded[first..<last])
    }
}

/// Base64 (RFC 4648), as much of it as redaction needs.
enum Base64 {
    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// The characters of the standard alphabet and of the one for URLs.
    static let alphabets = [common + Array("+/".utf8), common + Array("-_".utf8)]

    /// The bytes' characters, without padding.
    static func encode(_ bytes: [UInt8], _ alphabet: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        var bits = 0
        var held: UInt32 = 0
        for byte in bytes {
            held = (held << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                encoded.append(alphabet[Int(held >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { encoded.append(alphabet[Int(held << UInt32(6 - bits) & 63)]) }
        return encoded
    }

    /// Six bits for a character of either alphabet; nil for any other.
    static func value(of character: UInt8) -> UInt8? {
        switch character {
        case 65...90: character - 65
        case 97...122: character - 71
        case 48...57: character + 4
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// What the characters stand for up to the first that is none.
    static func decode(_ characters: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits = 0
        var held: UInt32 = 0
        for character in characters {
            guard let value = value(of: character) else { break }
            held = (held << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
        }
        return bytes
    }
}
