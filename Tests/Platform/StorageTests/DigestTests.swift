import Storage
import Testing

@Suite struct DigestTests {
    // FIPS 180-2, appendix B, and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `gives the published hashes`(text: String, hex: String) {
        #expect(Digest.of(text.utf8).hex == hex)
        #expect(Digest(hex: hex) == Digest.of(text.utf8))
    }

    @Test func `pieces give the hash of the whole`() {
        let hasher = DigestHasher()
        for byte in "abc".utf8 { hasher.update(CollectionOfOne(byte)) }
        #expect(hasher.finish() == Digest.of("abc".utf8))
    }

    @Test(arguments: ["", "ba", String(repeating: "g", count: 64), String(repeating: "ä", count: 32)])
    func `refuses what is no hash`(text: String) {
        #expect(Digest(hex: text) == nil)
    }
}
