import Indicators
import Testing

/// Against sums formed anew for every window.
@Suite struct PrecisionTests {
    static let offsets = [0.0, 100, 1e6, 1e9]

    @Test func `a million prices leave no drift in a moving average`() {
        let prices = Samples.prices(1_000_000, seed: 3)
        let values = SMA(50).values(over: prices)
        for end in stride(from: 50, through: prices.count, by: 997) {
            #expect(distance(values[end - 1], mean(prices[end - 50..<end])) < 1e-14)
        }
    }

    @Test(arguments: offsets)
    func `a large offset costs the deviation no digits`(offset: Double) {
        var prices = Samples.prices(5_000, seed: 4, from: 1)
        for index in prices.indices { prices[index] += offset }
        for period in [2, 20, 200] as [Period] {
            let values = StandardDeviation(period).values(over: prices)
            for end in period.count...prices.count {
                let exact = deviation(prices[end - period.count..<end])
                #expect(distance(values[end - 1], exact) < 1e-12 || exact < 1e-13 * offset, "\(offset) \(period)")
            }
        }
    }

    @Test func `a price spike is forgotten when it leaves the window`() {
        var prices = Samples.prices(400, seed: 6)
        prices[100] = 1e18
        let values = SMA(20).values(over: prices)
        let deviations = StandardDeviation(20).values(over: prices)
        let weighted = WMA(20).values(over: prices)
        for end in 141...400 {
            #expect(distance(values[end - 1], mean(prices[end - 20..<end])) < 1e-14)
            #expect(distance(deviations[end - 1], deviation(prices[end - 20..<end])) < 1e-11)
            #expect(distance(weighted[end - 1], weightedMean(prices[end - 20..<end])) < 1e-13)
        }
    }

    @Test func `a missing price is forgotten when it leaves the window`() {
        var prices = Samples.prices(100, seed: 6)
        prices[30] = .nan
        let values = SMA(10).values(over: prices)
        #expect(values[50..<100].allSatisfy { !$0.isNaN })
    }

    @Test func `equal prices have no deviation at all`() {
        let values = StandardDeviation(20).values(over: Array(repeating: 0.1, count: 100))
        #expect(values[19...].allSatisfy { $0 == 0 })
    }

    @Test func `a weighted average is the sum of weights times prices`() {
        let prices = Samples.prices(3_000, seed: 8)
        for period in [1, 2, 9, 20, 200] as [Period] {
            let values = WMA(period).values(over: prices)
            for end in period.count...prices.count {
                #expect(distance(values[end - 1], weightedMean(prices[end - period.count..<end])) < 1e-13)
            }
        }
    }

    @Test(arguments: [1, 7, 49, 100])
    func `the average of equal prices is that price`(count: Int) throws {
        let prices = Array(repeating: 100.07, count: 300)
        let period = try Period(count)
        #expect(SMA(period).values(over: prices)[(count - 1)...].allSatisfy { $0 == 100.07 })
        #expect(WMA(period).values(over: prices)[(count - 1)...].allSatisfy { $0 == 100.07 })
    }

    @Test func `the middle Bollinger band is the simple average to the bit`() {
        let prices = Samples.prices(2_000, seed: 12)
        #expect(bits(BollingerBands(20).columns(over: prices)[1]) == bits(SMA(20).values(over: prices)))
    }

    @Test(arguments: [2, 14, 50, 1_000])
    func `a million prices leave an exponential average where the plain recurrence has it`(count: Int) throws {
        let prices = Samples.prices(1_000_000, seed: 13)
        let values = EMA(try Period(count)).values(over: prices)
        let gain = 2 / Double(count + 1)
        var average = mean(prices[..<count])
        var worst = 0.0
        for index in count..<prices.count {
            average += gain * (prices[index] - average)
            worst = max(worst, distance(values[index], average))
        }
        #expect(worst < 1e-12)
    }

    @Test func `a channel is the highest high and the lowest low`() {
        let bars = Samples.bars(1_000, seed: 2)
        for period in [1, 2, 7, 20, 128] as [Period] {
            let columns = Donchian(period).columns(over: PriceColumns(bars))
            for end in period.count...bars.count {
                let window = bars[end - period.count..<end]
                #expect(columns[0][end - 1] == window.map(\.high).max())
                #expect(columns[2][end - 1] == window.map(\.low).min())
            }
        }
    }

    private func mean(_ window: ArraySlice<Double>) -> Double {
        window.reduce(0, +) / Double(window.count)
    }

    private func weightedMean(_ window: ArraySlice<Double>) -> Double {
        let weighted = zip(1..., window).reduce(0) { $0 + Double($1.0) * $1.1 }
        return weighted / Double(window.count * (window.count + 1) / 2)
    }

    private func deviation(_ window: ArraySlice<Double>) -> Double {
        let reference = window[window.startIndex]
        let distances = window.map { $0 - reference }
        let mean = distances.reduce(0, +) / Double(window.count)
        let squares = distances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(window.count)).squareRoot()
    }
}
