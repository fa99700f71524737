import Determinism
import Storage

/// 32 random bytes as somebody sends them: 43 characters of base64url (RFC 4648, section 5, without padding).
struct SecretText {
    let text: String

    /// A new one.
    static func make() -> SecretText { SecretText(text: encoded(RandomBytes.make(32))) }

    /// What somebody sent; nil where it has not the form.
    init?(_ text: some StringProtocol) {
        let isWritten = text.utf8.allSatisfy(SecretText.isWritten)
        guard text.utf8.count == 43, isWritten else { return nil }
        self.text = String(text)
    }

    private init(text: String) {
        self.text = text
    }

    /// What is kept of it. A fast hash is enough, since nobody can try 2^256 secrets.
    var digest: Digest { Digest.of(text.utf8) }

    static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0...group.count { text.append(alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isWritten(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 95: true
        default: false
        }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
