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

    /// Names count by how they end, without case, `_`, `-` and a number at the end.
    private static let endings: [(ending: [UInt8], kind: Kind)] =
        [
            "apikey", "apikeyid", "token", "secretkey", "accesskey", "accesskeyid", "privatekey", "signingkey",
            "encryptionkey",
        ].map { (Array($0.utf8), .word) }
        + ["password", "passwd", "pwd", "passphrase", "secret"].map { (Array($0.utf8), .phrase) }
        + ["authorization", "cookie"].map { (Array($0.utf8), .line) }

    private static let longest = endings.map(\.ending.count).max() ?? 0

    /// Nil where the name tells of no secret.
    static func kind(of name: some BidirectionalCollection<UInt8>) -> Kind? {
        var tail: [UInt8] = []
        for byte in name.reversed() {
            if tail.isEmpty, (48...57).contains(byte) { continue }
            if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") { continue }
            tail.append((65...90).contains(byte) ? byte | 32 : byte)
            if tail.count == longest { break }
        }
        return endings.first { tail.starts(with: $0.ending.reversed()) }?.kind
    }
}
