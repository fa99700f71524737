import Determinism
public import TradingModel

/// The bars that the peers' benchmarks run on, made anew from their seed: the same prices to the last tick.
///
/// The recurrence works in whole ticks of 0.01 with one SplitMix64 stream a series; draws are taken in the order open,
/// close, high, low, volume.
public enum ReferenceBars {
    private static let seed: UInt64 = 20_261_121

    /// One instrument, one-minute bars without gaps from 2020-01-01.
    public static func minutes(count: Int = 1_000_000) -> [Bar] {
        series(
            Shape(
                seed: seed, count: count, start: 1_577_836_800, step: 60, startTicks: 100_000, sigma: 0.0005,
                pull: 0.00001))
    }

    /// One of the 150 instruments, one bar each calendar day from 2015-01-01.
    public static func days(of number: Int, count: Int = 2520) -> [Bar] {
        series(
            Shape(
                seed: seed * 1_000_003 + UInt64(number) + 1, count: count, start: 1_420_070_400, step: 86_400,
                startTicks: 5000 + 200 * Int64(number), sigma: 0.01 + 0.0001 * Double(number), pull: 0.0002))
    }

    private struct Shape {
        let seed: UInt64
        let count: Int
        let start: Int64
        let step: Int64
        let startTicks: Int64
        let sigma: Double
        let pull: Double
    }

    private static func series(_ shape: Shape) -> [Bar] {
        var random = SeededRandom(seed: shape.seed)
        var previous = shape.startTicks
        return (0..<shape.count).map { index in
            let seconds = shape.start + Int64(index) * shape.step
            let bar = next(after: previous, shape, at: seconds, &random)
            previous = bar.close.raw / 1_000_000
            return bar
        }
    }

    private static func next(
        after previous: Int64, _ shape: Shape, at seconds: Int64, _ random: inout SeededRandom
    ) -> Bar {
        let (z0, z1) = (normal(&random), normal(&random))
        let (forHigh, forLow, forVolume) = (random.uniform(), random.uniform(), random.uniform())
        let gap = (Double(previous) * 0.1 * shape.sigma * z0 + 0.5).rounded(.down)
        let open = max(100, previous + Int64(gap))
        let pull = shape.pull * Double(shape.startTicks - open)
        let close = max(100, open + Int64((Double(open) * shape.sigma * z1 + pull + 0.5).rounded(.down)))
        let reach = Double(open) * shape.sigma * 0.5
        let high = max(open, close) + Int64((reach * forHigh).rounded(.down))
        let low = max(1, min(open, close) - Int64((reach * forLow).rounded(.down)))
        let volume = 1 + (forVolume * 10_000).rounded(.down)
        let times = (Timestamp(nanoseconds: seconds * 1_000_000_000), shape.step * 1_000_000_000)
        return Bar(
            start: times.0, end: Timestamp(nanoseconds: times.0.nanoseconds + times.1), open: price(open),
            high: price(high), low: price(low), close: price(close), volume: volume)
    }

    /// Summed before six is taken off, in draw order, as the peers' generator does.
    private static func normal(_ random: inout SeededRandom) -> Double {
        var sum = random.uniform()
        for _ in 0..<11 { sum += random.uniform() }
        return sum - 6
    }

    private static func price(_ ticks: Int64) -> Price { Price(raw: ticks * 1_000_000) }
}
