import Determinism
public import Storage

/// How the chain's hashes are computed, so that anybody can recompute them.
///
/// A record's hash is SHA-256 over: the previous hash (32 bytes), sequence and time in nanoseconds (8 bytes each), then
/// run, kind and body, each preceded by its length in bytes (8 bytes). Numbers are big-endian, text is UTF-8.
public enum AuditChain {
    /// What a desk's first record follows: SHA-256 of `bellwether audit 1 ` and the desk's id.
    public static func genesis(desk: String) -> Digest {
        Digest.of("bellwether audit 1 \(desk)".utf8)
    }

    static func hash(
        sequence: Int64, run: String, kind: String, time: Timestamp, body: [UInt8], after previous: Digest
    ) -> Digest {
        var header: [UInt8] = []
        header.reserveCapacity(72 + run.utf8.count + kind.utf8.count)
        header += previous.bytes
        header.append(number: sequence)
        header.append(number: time.nanoseconds)
        header.append(text: run)
        header.append(text: kind)
        header.append(number: Int64(body.count))
        let hasher = DigestHasher()
        hasher.update(header)
        hasher.update(body)
        return hasher.finish()
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int64) {
        for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    fileprivate mutating func append(text: String) {
        append(number: Int64(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
