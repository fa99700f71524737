import Foundation
import Storage

/// Where a chain ended at some time, signed: whoever keeps it elsewhere can tell later whether the chain was rewritten.
///
/// A note whose lines are the log's name, how many records it had, and the last one's hash in base64, as witnesses of
/// transparency logs write theirs (C2SP, tlog-checkpoint); the hash is the chain's, not a tree's.
public struct SignedHead: Sendable, Hashable {
    /// Which log: `bellwether/<run>/<when it began>`.
    public let origin: String
    /// Where it ended.
    public let head: AuditHead
    /// The text with its signature.
    public let note: SignedNote

    /// Signs a head.
    public init(_ head: AuditHead, of origin: String, by signer: NoteSigner) {
        (self.origin, self.head) = (origin, head)
        note = signer.sign("\(origin)\n\(head.sequence)\n\(Data(head.hash.bytes).base64EncodedString())\n")
    }

    /// Reads a head out of a note that this key has signed.
    public init(_ text: String, by key: NoteKey, from place: String) throws(AuditError) {
        guard let note = SignedNote(text) else {
            throw AuditError(.file, "\(place) is no signed head. Name what 'audit sign' or the running desk wrote.")
        }
        guard note.isSigned(by: key) else {
            throw AuditError(.untrusted, "\(place) is not signed by \(key): it was changed, or another key signed it.")
        }
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, let sequence = Int64(lines[1]), sequence >= 0,
            let hash = Data(base64Encoded: String(lines[2])).flatMap({ Digest(bytes: Array($0)) })
        else { throw AuditError(.file, "\(place) is signed and is no head of a record.") }
        (origin, head, self.note) = (String(lines[0]), AuditHead(sequence: sequence, hash: hash), note)
    }
}
