public import Determinism
import Foundation

/// A result that may stand in for doing the same work again.
public struct CachedResult: Sendable, Hashable, Codable {
    /// What was put out, as JSON.
    public let output: [UInt8]
    /// Until when it may be taken.
    public let until: Timestamp

    init(output: [UInt8], until: Timestamp) {
        self.output = output
        self.until = until
    }

    /// A result from the bytes it was kept as; nil where they are none.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        until = Timestamp(nanoseconds: bytes.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) })
        output = Array(bytes.dropFirst(8))
    }

    /// The bytes to keep: eight for the moment, the highest first, then the output.
    var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: until.nanoseconds >> (56 - 8 * Int64($0))) } + output
    }
}

extension CircuitBreaker {
    /// A breaker from the bytes it was kept as; nil where they are none.
    public init?(_ bytes: [UInt8]) {
        guard let breaker = try? JSONDecoder().decode(CircuitBreaker.self, from: Data(bytes)) else { return nil }
        self = breaker
    }

    /// The bytes to keep.
    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { [UInt8]($0) } ?? []
    }
}
