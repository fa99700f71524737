/// A 64-bit checksum that takes eight bytes at a time in four lanes: for accidents, not for attackers.
///
/// Each lane is FNV-1a over words with a rotation, so that every bit of a word reaches all bits of the sum.
enum WordChecksum {
    private static let prime: UInt64 = 0x9E37_79B9_7F4A_7C15

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        var offset = 0
        while offset + 32 <= bytes.count {
            lanes.0 = mix(lanes.0, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            lanes.1 = mix(lanes.1, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            lanes.2 = mix(lanes.2, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
            lanes.3 = mix(lanes.3, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
            offset += 32
        }
        var sum = mix(mix(lanes.0, lanes.1), mix(lanes.2, lanes.3))
        for byte in bytes[offset...] { sum = mix(sum, UInt64(byte)) }
        return mix(sum, UInt64(bytes.count))
    }

    @inline(__always)
    private static func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let product = (sum ^ UInt64(littleEndian: word)) &* prime
        return product ^ (product >> 29) ^ (product << 17)
    }
}
