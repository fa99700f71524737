extension Digest {
    /// The HMAC-SHA256 of a message under a key (RFC 2104).
    public static func authenticating(_ message: some Collection<UInt8>, key: some Collection<UInt8>) -> Digest {
        var padded = key.count > 64 ? Digest.of(key).bytes : Array(key)
        padded += [UInt8](repeating: 0, count: 64 - padded.count)
        let inner = DigestHasher()
        inner.update(padded.map { $0 ^ 0x36 })
        inner.update(message)
        let outer = DigestHasher()
        outer.update(padded.map { $0 ^ 0x5C })
        outer.update(inner.finish().bytes)
        return outer.finish()
    }

    /// Whether two hashes are the same, in a time that does not tell how much of them is.
    public func matches(_ other: Digest) -> Bool {
        zip(bytes, other.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
