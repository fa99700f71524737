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

    private static func write(_ number: UInt64, to digits: UnsafeMutableBufferPointer<UInt8>, from place: Int) {
        var rest = number
        for offset in stride(from: 15, through: 0, by: -1) {
            let digit = UInt8(rest & 15)
            digits[place + offset] = digit < 10 ? 0x30 + digit : 0x57 + digit
            rest >>= 4
        }
    }
}
