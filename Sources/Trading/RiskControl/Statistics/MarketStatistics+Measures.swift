import Determinism

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension MarketStatistics {
    /// The day `back` days ago, 0 for the running one; nil beyond what is kept.
    func day(_ index: Int, back: Int) -> Day? {
        if back == 0 { return runningDay(index) }
        guard back <= min(today[index].days, capacity) else { return nil }
        return past[slot(index, back: back)]
    }

    /// The mean turnover of up to 20 complete days; before the first, what the running day has brought so far.
    func meanTurnover(_ index: Int) -> Double? {
        let days = min(today[index].days, 20)
        guard days > 0 else { return runningDay(index).map { $0.turnover / 1e8 } }
        var sum = 0.0
        for back in 1...days { sum += past[slot(index, back: back)].turnover }
        return sum / Double(days) / 1e8
    }

    /// The sample standard deviation of the last 20 daily returns, the running day's included; nil below 10 returns.
    func dailyVolatility(_ index: Int) -> Double? {
        let count = min(today[index].days, 20)
        guard count >= 10, let running = runningDay(index) else { return nil }
        var moments = Moments()
        moments.add(running.gain)
        for back in 1..<count { moments.add(past[slot(index, back: back)].gain) }
        return moments.deviation
    }

    /// The correlation of two instruments' returns over the days both traded; nil below half the window.
    func correlation(_ left: Int, _ right: Int, window: Int) -> Double? {
        guard var first = walk(left), var second = walk(right) else { return nil }
        var pairs = PairMoments()
        past.withUnsafeBufferPointer { days in
            guard first.meet(&second, days) else { return }
            while pairs.count < window {
                let (later, other) = (first.day, second.day)
                guard first.stepBack(days), second.stepBack(days) else { return }
                if first.day.number == second.day.number {
                    pairs.add(later.gain, other.gain)
                } else {
                    guard first.meet(&second, days) else { return }
                    pairs.add(later.gain(over: first.day), other.gain(over: second.day))
                }
            }
        }
        return pairs.count * 2 < window ? nil : pairs.correlation
    }

    private func walk(_ index: Int) -> DayWalk? {
        guard let day = runningDay(index) else { return nil }
        let days = today[index].days
        return DayWalk(
            day: day, first: index * capacity, end: (index + 1) * capacity,
            slot: days == 0 ? index * capacity : slot(index, back: 1), left: min(days, capacity))
    }
}

/// Goes back over an instrument's days, the running one first.
private struct DayWalk {
    var day: MarketStatistics.Day
    let first: Int
    let end: Int
    var slot: Int
    var left: Int

    /// False where there is no earlier day.
    mutating func stepBack(_ days: UnsafeBufferPointer<MarketStatistics.Day>) -> Bool {
        guard left > 0 else { return false }
        day = days[slot]
        slot = slot == first ? end - 1 : slot - 1
        left -= 1
        return true
    }

    /// Goes back, on both sides, to the latest day both have; false where there is none.
    mutating func meet(_ other: inout DayWalk, _ days: UnsafeBufferPointer<MarketStatistics.Day>) -> Bool {
        while day.number != other.day.number {
            let stepped = day.number > other.day.number ? stepBack(days) : other.stepBack(days)
            guard stepped else { return false }
        }
        return true
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

/// Pearson's correlation from plain sums: daily returns are of one size and near zero, so nothing is lost.
struct PairMoments {
    private(set) var count = 0
    private var sums = (0.0, 0.0)
    private var squares = (0.0, 0.0)
    private var product = 0.0

    mutating func add(_ left: Double, _ right: Double) {
        count += 1
        sums.0 += left
        sums.1 += right
        squares.0 += left * left
        squares.1 += right * right
        product += left * right
    }

    /// Nil where one of the two never changed its pace.
    var correlation: Double? {
        let total = Double(count)
        let left = total * squares.0 - sums.0 * sums.0
        let right = total * squares.1 - sums.1 * sums.1
        guard left > 1e-12 * total * squares.0, right > 1e-12 * total * squares.1 else { return nil }
        return (total * product - sums.0 * sums.1) / sqrt(left * right)
    }
}
