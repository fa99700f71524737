import Storage
import Testing

@Suite("Signatures") struct SignatureTests {
    /// RFC 8032, section 7.1: seed, public key, message, signature.
    static let published: [(seed: String, key: String, message: [UInt8], signature: String)] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", [],
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", [0x72],
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", [0xaf, 0x82],
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    @Test(arguments: published.indices) func `signs as RFC 8032 publishes it`(place: Int) throws {
        let sample = SignatureTests.published[place]
        let key = try #require(SigningKey(seed: bytes(sample.seed)))
        #expect(key.verifying.bytes == bytes(sample.key))
        #expect(key.signature(of: sample.message) == bytes(sample.signature))
        #expect(key.verifying.accepts(bytes(sample.signature), of: sample.message))
    }

    @Test func `takes no signature of another message, key or length`() throws {
        let key = SigningKey.random()
        let signature = key.signature(of: [1, 2, 3])
        #expect(key.verifying.accepts(signature, of: [1, 2, 3]))
        #expect(!key.verifying.accepts(signature, of: [1, 2, 4]))
        #expect(!SigningKey.random().verifying.accepts(signature, of: [1, 2, 3]))
        #expect(!key.verifying.accepts(Array(signature.dropLast()), of: [1, 2, 3]))
        for place in signature.indices {
            var other = signature
            other[place] ^= 1
            #expect(!key.verifying.accepts(other, of: [1, 2, 3]))
        }
    }

    @Test func `a key has 32 bytes`() {
        #expect(SigningKey(seed: [1]) == nil)
        #expect(VerifyingKey(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    }

    private func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }
}
