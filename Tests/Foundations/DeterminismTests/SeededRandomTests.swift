import Determinism
import Testing

@Suite struct SeededRandomTests {
    @Test func `the same seed gives the published SplitMix64 numbers`() {
        // The reference values of the public-domain C implementation for the seed 1234567.
        var random = SeededRandom(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
        #expect(random.next() == 9_817_491_932_198_370_423)
    }

    @Test func `normal numbers have mean 0 and deviation 1`() {
        var random = SeededRandom(seed: 7)
        let sample = (0..<100_000).map { _ in random.normal() }
        let mean = sample.reduce(0, +) / 100_000
        let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
        #expect(abs(mean) < 0.02)
        #expect(abs(variance - 1) < 0.02)
    }

    @Test func `streams of different names differ`() {
        var first = SeededRandom(seed: 1, stream: "AAPL")
        var second = SeededRandom(seed: 1, stream: "MSFT")
        #expect(first.next() != second.next())
    }
}
