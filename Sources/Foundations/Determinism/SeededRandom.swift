/// Chance that repeats: the same seed gives the same numbers on every machine.
///
/// The generator is SplitMix64 (Steele, Lea, Flood 2014); it is for simulation, never for secrets.
public struct SeededRandom: RandomNumberGenerator, Sendable, Hashable, Codable {
    private var state: UInt64

    /// A stream of numbers that depends on `seed` alone.
    public init(seed: UInt64) {
        state = seed
    }

    /// A stream of its own for each name, so that adding one instrument does not change another's numbers.
    public init(seed: UInt64, stream name: String) {
        self.init(seed: seed ^ Fingerprint.of(name))
        state = next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in 0 ..< 1 with 53 bits.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Nearly normal with mean 0 and deviation 1, within ±6: the sum of twelve uniforms less six.
    ///
    /// It needs no logarithm, whose last bit differs between C libraries, so the bytes are the same everywhere.
    public mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniform() }
        return sum
    }
}

/// A 64-bit FNV-1a hash that is the same in every process, unlike `Hashable`'s.
public enum Fingerprint {
    /// The hash of a text's UTF-8 bytes.
    public static func of(_ text: String) -> UInt64 {
        of(text.utf8)
    }

    /// The hash of bytes.
    public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return hash
    }
}
