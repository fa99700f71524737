import Determinism
import Foundation
import Testing

@testable import MarketData

@Suite struct ElementaryTests {
    @Test func `the exponential agrees with the C library's`() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<20_000 {
            let x = (random.uniform() - 0.5) * (random.uniform() < 0.5 ? 2 : 1400)
            #expect(abs(Elementary.exp(x) / exp(x) - 1) < 1e-14)
        }
        #expect(Elementary.exp(0) == 1)
    }

    @Test func `the logarithm agrees with the C library's`() {
        var random = SeededRandom(seed: 2)
        for _ in 0..<20_000 {
            let x = exp((random.uniform() - 0.5) * (random.uniform() < 0.5 ? 2 : 1000))
            #expect(abs(Elementary.log(x) - log(x)) < 1e-14 * max(1, abs(log(x))))
        }
        #expect(Elementary.log(1) == 0)
    }

    @Test func `the bytes are fixed`() {
        #expect(Elementary.exp(0.1).bitPattern == 0x3FF1_AEC7_B35A_00D4)
        #expect(Elementary.log(10).bitPattern == 0x4002_6BB1_BBB5_5516)
    }
}
