import Determinism
import Synchronization

/// Makes trace ids that no other request has.
final class TraceMaker: Sendable {
    private let random: Mutex<SeededRandom>

    /// Ids that depend on a seed, which should differ from start to start.
    init(seed: UInt64) {
        random = Mutex(SeededRandom(seed: seed))
    }

    /// 32 hexadecimal digits, not all zero.
    func next() -> String {
        let (high, low) = random.withLock { ($0.next(), $0.next() | 1) }
        return String(unsafeUninitializedCapacity: 32) { digits in
            TraceMaker.write(high, to: digits, from: 0)
            TraceMaker.write(low, to: digits, from: 16)
            return 32
        }
    }

    /// The trace that a `traceparent` continues; nil where it is not valid (W3C Trace Context, level 1).
    static func continued(_ header: String) -> String? {
        let bytes = Array(header.utf8)
        guard bytes.count >= 55, bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D,
            bytes[..<2] != Array("ff".utf8)[...], bytes.count == 55 || (bytes[..<2] != Array("00".utf8)[...]),
            (bytes[..<2] + bytes[3..<35] + bytes[36..<52] + bytes[53..<55]).allSatisfy(isDigit),
            bytes[3..<35].contains(where: { $0 != 0x30 }), bytes[36..<52].contains(where: { $0 != 0x30 })
        else { return nil }
        return String(decoding: bytes[3..<35], as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }

    private static func write(_ number: UInt64, to digits: UnsafeMutableBufferPointer<UInt8>, from place: Int) {
        var rest = number
        for offset in stride(from: 15, through: 0, by: -1) {
            let digit = UInt8(rest & 15)
            digits[place + offset] = digit < 10 ? 0x30 + digit : 0x57 + digit
            rest >>= 4
        }
    }
}
