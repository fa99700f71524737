import CCrypto
import Determinism

/// A private key that signs messages with Ed25519 (RFC 8032): the same message always gets the same signature.
public struct SigningKey: Sendable {
    /// The 32 bytes that it is made from; whoever has them can sign.
    public let seed: [UInt8]
    /// What its signatures are checked with.
    public let verifying: VerifyingKey

    /// A key from its 32 bytes; nil for any other number of them.
    public init?(seed: [UInt8]) {
        guard seed.count == 32, let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32) else {
            return nil
        }
        defer { EVP_PKEY_free(key) }
        var (bytes, count) = ([UInt8](repeating: 0, count: 32), 32)
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, let verifying = VerifyingKey(bytes: bytes) else {
            return nil
        }
        self.seed = seed
        self.verifying = verifying
    }

    /// A new key that nobody else has.
    public static func random() -> SigningKey {
        guard let key = SigningKey(seed: RandomBytes.make(32)) else {
            preconditionFailure("OpenSSL has no memory or no Ed25519")
        }
        return key
    }

    /// The 64 bytes of a message's signature.
    public func signature(of message: [UInt8]) -> [UInt8] {
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32)
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        var (bytes, count) = ([UInt8](repeating: 0, count: 64), 64)
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &bytes, &count, message, message.count) == 1
        else { preconditionFailure("OpenSSL failed to sign") }
        return bytes
    }
}
