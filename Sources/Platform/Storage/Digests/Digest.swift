import CCrypto

/// A SHA-256 hash.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// Its 32 bytes.
    public let bytes: [UInt8]

    /// A hash from its 32 bytes; nil for any other number of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// A hash from 64 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        let digits = hex.utf8.compactMap { UInt8(hexDigit: $0) }
        guard digits.count == 64, hex.utf8.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    init(hashed bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The hash of bytes.
    public static func of(_ bytes: some Collection<UInt8>) -> Digest {
        let hasher = DigestHasher()
        hasher.update(bytes)
        return hasher.finish()
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    public var description: String { hex }
}

extension Digest: Codable {
    /// Reads the hexadecimal text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Digest(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not 64 hexadecimal digits")
        }
        self = digest
    }

    /// Writes the hexadecimal text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

/// Computes a SHA-256 hash piece by piece.
public struct DigestHasher: ~Copyable {
    private let context: OpaquePointer

    /// A hasher that has seen nothing.
    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, sha256, nil) == 1 else {
            preconditionFailure("OpenSSL has no memory or no SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes at the end of what was seen.
    public func update(_ bytes: some Collection<UInt8>) {
        let added: Void? = bytes.withContiguousStorageIfAvailable { add(UnsafeRawBufferPointer($0)) }
        if added == nil { Array(bytes).withUnsafeBytes { add($0) } }
    }

    /// The hash of everything seen.
    public consuming func finish() -> Digest {
        let bytes = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            count = 32
        }
        return Digest(hashed: bytes)
    }

    private func add(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "OpenSSL failed to hash")
    }
}

/// SAFETY: fetched once and never freed; OpenSSL allows one algorithm object to serve many threads.
nonisolated(unsafe) private let sha256: OpaquePointer? = EVP_MD_fetch(nil, "SHA256", nil)

extension UInt8 {
    fileprivate init?(hexDigit: UInt8) {
        switch hexDigit {
        case 48...57: self = hexDigit - 48
        case 65...70: self = hexDigit - 55
        case 97...102: self = hexDigit - 87
        default: return nil
        }
    }
}
