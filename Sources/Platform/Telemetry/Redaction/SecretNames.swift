/// The names whose values are secrets: `api_key`, `X-Auth-Token`, `clientSecret`, `DB_PASSWORD`.
enum SecretNames {
    /// How far the value of a name reaches where nothing quotes it.
    enum Kind: Hashable {
        /// To the next blank, comma or bracket.
        case word
        /// To the end of the line where a blank stands before it, since it may hold blanks itself.
        case phrase
        /// To the end of the line: a header with parts.
        case line
    }

    /// Names count by how they end, without case, what joins their words, and a number at the end.
    private static let endings: [(ending: [UInt8], kind: Kind)] =
        [
            "apikey", "apikeyid", "token", "secretkey", "accesskey", "accesskeyid", "privatekey", "signingkey",
            "encryptionkey",
        ].map { (Array($0.utf8), .word) }
        + ["password", "passwd", "pwd", "passphrase", "secret"].map { (Array($0.utf8), .phrase) }
        + ["authorization", "cookie"].map { (Array($0.utf8), .line) }

    private static let longest = endings.map(\.ending.count).max() ?? 0

    /// The last three letters of every ending, packed: what nearly every word fails at once.
    private static let tails = Array(Set(endings.map { pack($0.ending.suffix(3)) }))

    /// Nil where the name tells of no secret.
    static func kind(of name: ArraySlice<UInt8>) -> Kind? {
        var index = name.endIndex
        var tail: UInt32 = 0
        var letters = 0
        while letters < 3 {
            guard index > name.startIndex else { return nil }
            index -= 1
            guard let letter = letter(name[index], isLast: letters == 0) else { continue }
            tail |= UInt32(letter) << UInt32(8 * letters)
            letters += 1
        }
        return tails.contains(tail) ? fullKind(of: name) : nil
    }

    private static func fullKind(of name: ArraySlice<UInt8>) -> Kind? {
        var tail: [UInt8] = []
        for byte in name.reversed() {
            guard let letter = letter(byte, isLast: tail.isEmpty) else { continue }
            tail.append(letter)
            if tail.count == longest { break }
        }
        return endings.first { tail.starts(with: $0.ending.reversed()) }?.kind
    }

    /// The letter that a byte counts as; nil for what joins words and for digits at the end.
    private static func letter(_ byte: UInt8, isLast: Bool) -> UInt8? {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), 32: return nil
        case 48...57 where isLast: return nil
        default: break
        }
        return (65...90).contains(byte) ? byte | 32 : byte
    }

    private static func pack(_ letters: ArraySlice<UInt8>) -> UInt32 {
        letters.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
