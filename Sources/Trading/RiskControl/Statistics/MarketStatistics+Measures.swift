import Determinism

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension MarketStatistics {
    /// The day `back` days ago, 0 for the running one; nil beyond what is kept.
    func day(_ index: Int, back: Int) -> Day? {
        let running = today[index]
        guard running.close > 0 else { return nil }
        if back == 0 {
            let number = Timestamp(nanoseconds: running.dayEnd - 1).dayNumber
            return Day(number: number, close: running.close, turnover: running.turnover)
        }
        guard back <= min(running.days, capacity) else { return nil }
        return past[index * capacity + (running.days - back) % capacity]
    }

    /// The mean turnover of up to 20 complete days; before the first, what the running day has brought so far.
    func meanTurnover(_ index: Int) -> Double? {
        var sum = 0.0
        var count = 0
        while count < 20, let day = day(index, back: count + 1) {
            sum += day.turnover
            count += 1
        }
        if count == 0 { return day(index, back: 0).map { $0.turnover / 1e8 } }
        return sum / Double(count) / 1e8
    }

    /// The sample standard deviation of the last 20 daily returns, the running day's included; nil below 10 returns.
    func dailyVolatility(_ index: Int) -> Double? {
        var moments = Moments()
        while moments.count < 20, let later = day(index, back: moments.count),
            let earlier = day(index, back: moments.count + 1)
        {
            moments.add(Double(later.close) / Double(earlier.close) - 1)
        }
        return moments.count < 10 ? nil : moments.deviation
    }

    /// The correlation of two instruments' returns over the days both traded; nil below half the window.
    func correlation(_ left: Int, _ right: Int, window: Int) -> Double? {
        var pairs = PairMoments()
        var (back, otherBack) = (0, 0)
        var later: (Day, Day)?
        while pairs.count < window, let first = day(left, back: back), let second = day(right, back: otherBack) {
            if first.number == second.number {
                if let later { pairs.add(later.0.gain(over: first), later.1.gain(over: second)) }
                later = (first, second)
            }
            if first.number >= second.number { back += 1 }
            if second.number >= first.number { otherBack += 1 }
        }
        return pairs.count * 2 < window ? nil : pairs.correlation
    }
}

extension MarketStatistics.Day {
    func gain(over earlier: Self) -> Double {
        Double(close) / Double(earlier.close) - 1
    }
}

/// Mean and variance in one pass (B. P. Welford 1962).
struct Moments {
    private(set) var count = 0
    private(set) var mean = 0.0
    private var squares = 0.0

    mutating func add(_ value: Double) {
        count += 1
        let distance = value - mean
        mean += distance / Double(count)
        squares += distance * (value - mean)
    }

    var deviation: Double { count < 2 ? 0 : sqrt(squares / Double(count - 1)) }
}

/// Pearson's correlation in one pass, as Welford's variance.
struct PairMoments {
    private(set) var count = 0
    private var means = (0.0, 0.0)
    private var squares = (0.0, 0.0)
    private var product = 0.0

    mutating func add(_ left: Double, _ right: Double) {
        count += 1
        let distance = (left - means.0, right - means.1)
        means.0 += distance.0 / Double(count)
        means.1 += distance.1 / Double(count)
        squares.0 += distance.0 * (left - means.0)
        squares.1 += distance.1 * (right - means.1)
        product += distance.0 * (right - means.1)
    }

    /// Nil where one of the two never moved.
    var correlation: Double? {
        let scale = sqrt(squares.0 * squares.1)
        return scale > 0 ? product / scale : nil
    }
}
