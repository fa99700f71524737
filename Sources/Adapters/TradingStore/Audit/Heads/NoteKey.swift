import Foundation
public import Storage

/// A named key that checks signatures under notes, as text that can be handed on: `name+c74f20a3+ARpc2Qc…`.
///
/// The format is that of signed notes (C2SP, signed-note), which other programs read too.
public struct NoteKey: Sendable, Hashable, CustomStringConvertible, LosslessStringConvertible {
    /// Whose key it is.
    public let name: String
    /// The key itself.
    public let key: VerifyingKey

    static let ed25519: UInt8 = 1

    /// A named key; nil where the name is empty, or holds white space or a plus sign.
    public init?(name: String, key: VerifyingKey) {
        guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "+" }) else { return nil }
        (self.name, self.key) = (name, key)
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        guard let (name, id, bytes) = NoteKey.parts(of: text), let key = VerifyingKey(bytes: bytes) else { return nil }
        self.init(name: name, key: key)
        guard id == self.id else { return nil }
    }

    public var description: String { text(of: key.bytes) }

    /// Four bytes by which a signature names the key that made it.
    var id: [UInt8] { Array(digest.bytes.prefix(4)) }

    private var digest: Digest { Digest.of(Array("\(name)\n".utf8) + [NoteKey.ed25519] + key.bytes) }

    func text(of bytes: [UInt8]) -> String {
        "\(name)+\(digest.hex.prefix(8))+\(Data([NoteKey.ed25519] + bytes).base64EncodedString())"
    }

    static func parts(of text: String) -> (name: String, id: [UInt8], bytes: [UInt8])? {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count == 8, let id = UInt32(parts[1], radix: 16),
            let bytes = Data(base64Encoded: String(parts[2])), bytes.count == 33, bytes.first == ed25519
        else { return nil }
        return (String(parts[0]), withUnsafeBytes(of: id.bigEndian) { Array($0) }, Array(bytes.dropFirst()))
    }
}

/// The private half of a note's key.
public struct NoteSigner: Sendable, LosslessStringConvertible {
    /// What its signatures are checked with.
    public let key: NoteKey
    private let signing: SigningKey
    private static let mark = "PRIVATE+KEY+"

    /// A signer of a name; nil where `NoteKey` takes no such name.
    public init?(name: String, key signing: SigningKey) {
        guard let key = NoteKey(name: name, key: signing.verifying) else { return nil }
        (self.key, self.signing) = (key, signing)
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix(NoteSigner.mark), let (name, id, seed) = NoteKey.parts(of: String(text.dropFirst(12))),
            let signing = SigningKey(seed: seed)
        else { return nil }
        self.init(name: name, key: signing)
        guard id == key.id else { return nil }
    }

    /// The text that the key is kept as. A secret: whoever has it can sign.
    public var description: String { NoteSigner.mark + key.text(of: signing.seed) }

    /// Signs a text that ends with a line feed.
    public func sign(_ text: String) -> SignedNote {
        let bytes = key.id + signing.signature(of: Array(text.utf8))
        return SignedNote(text: text, signatures: [.init(name: key.name, bytes: bytes)])
    }
}
