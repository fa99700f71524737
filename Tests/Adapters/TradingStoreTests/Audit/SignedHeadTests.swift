import Foundation
import ScratchFolders
import Storage
import Testing

@testable import TradingStore

@Suite("Signed heads") struct SignedHeadTests {
    private let signer: NoteSigner
    private let folder: ScratchFolder

    init() throws {
        signer = try #require(NoteSigner(name: "bellwether", key: .random()))
        folder = try ScratchFolder()
    }

    /// The example of golang.org/x/mod/sumdb/note, key and note.
    @Test func `signs and checks what the Go checksum database's notes do`() throws {
        let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
        let published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        let text = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            """
        let note =
            text
            + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
        let signer = try #require(NoteSigner(secret))
        #expect("\(signer.key)" == published)
        #expect("\(signer)" == secret)
        #expect("\(signer.sign(text))" == note)
        let read = try #require(SignedNote(note))
        #expect(read.isSigned(by: signer.key))
        #expect(read.text == text)
    }

    @Test func `a note is read as it was written, and no other`() throws {
        let head = AuditHead(sequence: 118, hash: Digest.of([1]))
        let signed = SignedHead(head, of: "bellwether/run-1/1700000000", by: signer)
        #expect(try SignedHead("\(signed.note)", by: signer.key, from: "a") == signed)
        let text = "\(signed.note)"
        for change in [
            text.replacing("118", with: "119"), text.replacing("run-1", with: "run-2"), String(text.dropLast()),
            text.replacing("— bellwether", with: "— somebody"), "", "\n\n", String(text.dropFirst()),
        ] {
            #expect(throws: AuditError.self) { try SignedHead(change, by: signer.key, from: "a") }
        }
        let other = try #require(NoteSigner(name: "bellwether", key: .random()))
        #expect(throws: AuditError.self) { try SignedHead(text, by: other.key, from: "a") }
    }

    @Test(arguments: [
        "", "a+b", "PRIVATE+KEY+x+00000000+AA==", "x+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ])
    func `what is no key is refused`(text: String) {
        #expect(NoteKey(text) == nil)
        #expect(NoteSigner(text) == nil)
    }

    @Test func `a chain written anew from its beginning is found by the heads that were signed`() throws {
        let sample = try TamperedLog()
        let heads = HeadFolder("\(folder.path)/heads")
        try heads.keep(SignedHead(sample.log.head, of: "a", by: signer))
        try sample.log.append(AuditEntry.samples(11...12))
        try heads.keep(SignedHead(sample.log.head, of: "a", by: signer))
        let noted = try heads.heads(by: signer.key).map(\.head)
        #expect(noted.map(\.sequence) == [10, 12])
        #expect(try sample.log.verify(expecting: noted).fault == nil)

        try sample.run("DELETE FROM audit")
        try sample.run("UPDATE audit_head SET (sequence, hash) = (0, x'\(sample.log.genesis.hash.hex)')")
        try sample.log.append([.sample(1, body: "{}")] + AuditEntry.samples(2...20))
        #expect(try sample.log.verify().fault == nil)
        let fault = try #require(try sample.log.verify(expecting: noted).fault)
        #expect((fault.kind, fault.sequence) == (.changed, 10))
    }

    @Test func `a cut end is found by the newest head`() throws {
        let sample = try TamperedLog()
        let noted = try sample.log.head
        try sample.run("DELETE FROM audit WHERE sequence > 8")
        try sample.mendHead()
        let fourth = try #require(try sample.record(4)).head
        let fault = try #require(try sample.log.verify(expecting: [fourth, noted]).fault)
        #expect((fault.kind, fault.sequence) == (.removed, 9))
    }

    @Test func `a folder that is absent holds no heads, one with another's note is refused`() throws {
        let heads = HeadFolder("\(folder.path)/none")
        #expect(try heads.heads(by: signer.key).isEmpty)
        try heads.keep(SignedHead(AuditHead(sequence: 1, hash: Digest.of([])), of: "a", by: signer))
        let other = try #require(NoteSigner(name: "bellwether", key: .random()))
        #expect(throws: AuditError.self) { try heads.heads(by: other.key) }
    }
}
