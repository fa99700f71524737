import Foundation
import Storage

/// A short text with signatures under it (C2SP, signed-note): lines, an empty line, then a line for each signature.
public struct SignedNote: Sendable, Hashable, CustomStringConvertible, LosslessStringConvertible {
    struct Signature: Sendable, Hashable {
        let name: String
        /// Four bytes that name the key, and the signature.
        let bytes: [UInt8]
    }

    /// What is signed, with its last line feed.
    public let text: String
    let signatures: [Signature]

    init(text: String, signatures: [Signature]) {
        (self.text, self.signatures) = (text, signatures)
    }

    /// Reads what `description` writes; nil for anything else. It says nothing about the signatures.
    public init?(_ note: String) {
        guard note.utf8.count <= 1 << 16, note.hasSuffix("\n"), let gap = note.range(of: "\n\n", options: .backwards)
        else { return nil }
        let lines = note[gap.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let signatures = lines.compactMap(SignedNote.signature)
        guard !signatures.isEmpty, signatures.count == lines.count else { return nil }
        self.init(text: String(note[..<gap.lowerBound]) + "\n", signatures: signatures)
    }

    public var description: String {
        let lines = signatures.map { "— \($0.name) \(Data($0.bytes).base64EncodedString())\n" }
        return text + "\n" + lines.joined()
    }

    /// Whether this key has signed the text.
    public func isSigned(by key: NoteKey) -> Bool {
        signatures.contains { signature in
            signature.name == key.name && signature.bytes.starts(with: key.id)
                && key.key.accepts(Array(signature.bytes.dropFirst(4)), of: Array(text.utf8))
        }
    }

    private static func signature(_ line: Substring) -> Signature? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "—", !words[1].isEmpty,
            let bytes = Data(base64Encoded: String(words[2])), bytes.count > 4
        else { return nil }
        return Signature(name: String(words[1]), bytes: Array(bytes))
    }
}
