import Analysis
import Determinism
import Testing
import TradingModel

@Suite struct WindowTests {
    @Test func `keeps the last bars and nothing older`() throws {
        var window = try Made.window(closes: [])
        let small = MarketWindow(universe: window.universe, capacity: 3)
        window = small
        for day in 0..<100 {
            let price = Double(day + 1)
            try window.append(Made.bar(day: day, price, price, price, price), for: Made.one)
            let bars = window.bars(Made.one)
            #expect(bars.count == min(day + 1, 3))
            #expect(bars.close == (max(0, day - 2)...day).map { Double($0 + 1) })
            #expect(bars.times.count == bars.count && bars.volume.count == bars.count)
        }
    }

    @Test func `refuses a bar that cannot be true or is not the next`() throws {
        var window = try Made.window(closes: [10, 11])
        #expect(throws: HistoryError.self) { try window.append(Made.bar(day: 1, 1, 1, 1, 1), for: Made.one) }
        #expect(throws: HistoryError.self) { try window.append(Made.bar(day: 2, 1, 0.5, 1, 1), for: Made.one) }
        #expect(throws: HistoryError.unknown(InstrumentID(9))) {
            try window.append(Made.bar(day: 2, 1, 1, 1, 1), for: InstrumentID(9))
        }
        #expect(window.bars(Made.one).close == [10, 11])
    }

    @Test func `a year has as many bars as its market is open`() throws {
        let symbols = try ["AAA", "BTC/USD"].map { try #require(Symbol($0)) }
        let universe = Universe([Instrument(symbols[0], .equity), Instrument(symbols[1], .crypto)])
        let daily = MarketWindow(universe: universe)
        #expect(daily.barsPerYear(InstrumentID(0)) == 252)
        #expect(daily.barsPerYear(InstrumentID(1)) == 365)
        let hourly = MarketWindow(universe: universe, barLength: .hour)
        #expect(hourly.barsPerYear(InstrumentID(0)) == 1638)
        #expect(hourly.barsPerYear(InstrumentID(1)) == 8760)
    }
}
