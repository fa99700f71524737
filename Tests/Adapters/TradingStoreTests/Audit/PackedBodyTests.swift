import Determinism
import Testing

@testable import TradingStore

@Suite struct PackedBodyTests {
    @Test func `a long body comes back byte for byte and a short one is left alone`() throws {
        var random = SeededRandom(seed: 3)
        for length in [1024, 5000, 70_000] {
            let body = (0..<length).map { _ in UInt8(random.next() % 7) + 48 }
            let packed = try #require(PackedBody.pack(body))
            #expect(packed.bytes.count < body.count)
            #expect(PackedBody.unpack(packed.bytes, length: packed.length) == body)
        }
        #expect(PackedBody.pack([1, 2, 3]) == nil)
    }

    @Test func `bytes that were touched do not unpack`() throws {
        let packed = try #require(PackedBody.pack([UInt8](repeating: 65, count: 4000)))
        #expect(PackedBody.unpack(Array(packed.bytes.dropLast()), length: packed.length) == nil)
        #expect(PackedBody.unpack(packed.bytes, length: packed.length - 1) == nil)
        #expect(PackedBody.unpack(packed.bytes, length: -1) == nil)
        #expect(PackedBody.unpack([1, 2, 3], length: 4000) == nil)
    }
}
