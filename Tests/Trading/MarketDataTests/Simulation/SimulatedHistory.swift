import Determinism
import MarketData
import TradingModel

/// Bars of a simulated market, gathered by instrument.
struct SimulatedHistory {
    let universe: Universe
    let bars: [[Bar]]

    init(
        seed: UInt64 = 42, _ instruments: [Instrument], length: BarLength, start: String = "2020-01-01", bars count: Int
    ) throws {
        let start = try Parsed.time(start)
        var market = try SimulatedMarket(seed: seed, instruments: instruments, barLength: length, start: start)
        var bars = market.universe.instruments.map { _ in [Bar]() }
        for _ in 0..<count {
            guard let next = market.next() else { break }
            bars[next.id.index].append(next.bar)
        }
        universe = market.universe
        self.bars = bars
    }

    /// Simple returns, close to close.
    var returns: [[Double]] {
        bars.map { bars in zip(bars, bars.dropFirst()).map { $1.close.double / $0.close.double - 1 } }
    }

    func bars(of name: String) -> [Bar] {
        Symbol(name).flatMap(universe.id(of:)).map { bars[$0.index] } ?? []
    }
}
