import Determinism
import Indicators

/// Series to feed indicators with.
enum Samples {
    /// A random walk of bars over several days, with gaps, still bars and bars without volume.
    static func bars(_ count: Int, seed: UInt64, from start: Double = 100) -> [PriceBar] {
        var random = SeededRandom(seed: seed)
        var close = start
        return (0..<count).map { index in
            let isStill = random.uniform() < 0.1
            let open = close * (1 + (isStill ? 0 : 0.004 * random.normal()))
            close = isStill ? open : open * (1 + 0.01 * random.normal())
            let high = max(open, close) * (isStill ? 1 : 1 + 0.003 * random.uniform())
            let low = min(open, close) * (isStill ? 1 : 1 - 0.003 * random.uniform())
            let volume = random.uniform() < 0.05 ? 0 : (1 + 1000 * random.uniform()).rounded()
            return PriceBar(high: high, low: low, close: close, volume: volume, day: index / 17)
        }
    }

    static func prices(_ count: Int, seed: UInt64, from start: Double = 100) -> [Double] {
        bars(count, seed: seed, from: start).map(\.close)
    }
}
