import BrokerConformance
import Determinism
import RiskControl
import Testing
import TradingModel

@testable import Execution

/// Stops that follow the market, and the worse way through a bar.
@Suite struct TrailingStopTests {
    private static let lowFirst = "the low is taken to come before the high"
    private static let highFirst = "the high is taken to come before the low"
    private static let tenBehind = OrderKind.trailingStop(stop: nil, by: .amount(10))

    private static let ways = [
        Scene(
            "it stands behind the first open and is touched there", .sell(10, tenBehind),
            bars: .at(92, open: 100, low: 90), said: "1 filled 10 @ 90"),
        Scene("what does not touch it leaves it standing", .sell(10, tenBehind), bars: .at(100, low: 90.01)),
        Scene(
            "it follows a rise and is touched in a later bar", .sell(10, tenBehind), bars: .at(120, open: 115),
            .at(111, minute: 2, open: 118, low: 110), said: "1 filled 10 @ 110"),
        Scene(
            "it does not go back with the market", .sell(10, tenBehind), bars: .at(120, open: 115),
            .at(112, minute: 2, low: 111), .at(112, minute: 3, low: 109), said: "1 filled 10 @ 110"),
        Scene(
            "over a gap it takes the open", .sell(10, tenBehind), bars: .at(120, open: 115), .at(104, minute: 2),
            said: "1 filled 10 @ 104"),
        Scene(
            "touched before and after the high, the earlier and worse one is taken", .sell(10, tenBehind),
            bars: .at(100, high: 108, low: 89), said: "1 filled 10 @ 90 (\(lowFirst))"),
        Scene(
            "touched only after the high, it is taken to be touched", .sell(10, tenBehind),
            bars: .at(100, high: 108, low: 95), said: "1 filled 10 @ 98 (\(highFirst))"),
        Scene(
            "a close below where it came to leaves no doubt", .sell(10, tenBehind),
            bars: .at(97, open: 100, high: 108, low: 95), said: "1 filled 10 @ 98"),
        Scene(
            "a purchase follows a fall", .buy(10, tenBehind), bars: .at(85, open: 90), .at(90, minute: 2, high: 96),
            said: "1 filled 10 @ 95"),
        Scene(
            "a fraction follows in proportion, on the grid", .sell(10, .trailingStop(stop: nil, by: .fraction(0.1))),
            bars: .at(99.99, open: 99.99), .at(95, minute: 2, open: 99, low: 90), said: "1 filled 10 @ 90"),
        Scene(
            "it stands where it is put until the distance is kept", .sell(10, .trailingStop(stop: 95, by: .amount(10))),
            bars: .at(100), .at(94, minute: 2, open: 99), said: "1 filled 10 @ 95"),
        Scene(
            "what volume does not give is at the market from then on", model: FillModel(participation: 0.1),
            .sell(10, tenBehind), bars: .at(92, open: 100, low: 90, volume: 40), .at(95, minute: 2),
            said: "1 triggered", "1 filled 4 @ 90 leaves 6", "1 filled 6 @ 95"),
    ]

    @Test(arguments: ways) func `a trailing stop goes through bars`(scene: Scene) throws {
        #expect(try scene.play() == scene.said)
    }

    private func entry(_ side: Side, _ bracket: Bracket) -> Intent {
        Intent(instrument: .first, side: side, size: .units(10), bracket: bracket, origin: "test")
    }

    private func lines(_ entry: Intent, _ bars: Bar...) throws -> [String] {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel()), .shares())
        try run.perform(.send(entry))
        for bar in bars { try run.perform(.market(.bar(.first, bar))) }
        return run.reports.map(\.line).filter { $0 != "1 accepted" }
    }

    @Test func `an exit begins at the nearer of stop and distance, and follows`() throws {
        let bracket = Bracket(stopLoss: .distance(0.05), takeProfit: nil, trail: .fraction(0.1))
        #expect(
            try lines(entry(.buy, bracket), .at(100), .at(120, minute: 2), .at(107, minute: 3, open: 119)) == [
                "1 filled 10 @ 100", "1 placed 1000001 sell 10 trailing from 95 by 10.0 %", "1000001 filled 10 @ 108",
            ])
        let near = Bracket(stopLoss: .distance(0.5), takeProfit: nil, trail: .amount(10))
        #expect(try lines(entry(.sell, near), .at(100)).last == "1 placed 1000001 buy 10 trailing from 110 by 10")
    }

    @Test func `of a target and a trailing stop inside one bar the stop is taken, no higher than the target lets it`()
        throws
    {
        let bracket = Bracket(stopLoss: nil, takeProfit: .price(105), trail: .amount(4))
        let said = try lines(entry(.buy, bracket), .at(100), .at(104, minute: 2, open: 100, high: 112, low: 99))
        #expect(
            said.suffix(2) == [
                "1000001 filled 10 @ 101 (stop and target both lie inside this bar; the stop is taken first; "
                    + "the high is taken to come before the low)", "1000002 cancelled: the other exit was filled",
            ])
        let certain = try lines(entry(.buy, bracket), .at(100), .at(104, minute: 2, open: 103, high: 112, low: 102))
        #expect(certain.suffix(2).first == "1000002 filled 10 @ 105")
    }

    @Test func `an exit placed inside a bar learns only the close from it`() throws {
        let bracket = Bracket(stopLoss: nil, takeProfit: nil, trail: .amount(10))
        let limit = Intent(
            instrument: .first, side: .buy, size: .units(10), kind: .limit(98), bracket: bracket, origin: "test")
        let said = try lines(limit, .at(100, high: 110, low: 97), .at(95, minute: 2, open: 99, low: 90))
        #expect(said.last == "1000001 filled 10 @ 90")
    }

    @Test func `distances that no stop can keep are refused`() throws {
        for trail: Trail in [.amount(0), .amount(-1), .fraction(0), .fraction(1), .fraction(.nan)] {
            #expect(!trail.isUsable)
            #expect(try lines(.sell(1, .trailingStop(stop: nil, by: trail))).filter { $0.contains("accepted") } == [])
        }
    }

    // MARK: - Properties

    /// Random bars around 100, in cents.
    private func bars(_ seed: UInt64) -> [Bar] {
        var random = SeededRandom(seed: seed)
        var last = 100.0
        func cents(_ price: Double) -> Price { Price(raw: Int64((price * 100).rounded()) * 1_000_000) }
        return (1...60).map { minute in
            let open = last + random.normal() * (random.uniform() < 0.1 ? 3 : 0.3)
            let close = open + random.normal()
            let (high, low) = (max(open, close) + random.uniform(), min(open, close) - random.uniform())
            last = max(20, min(180, close))
            return .at(cents(close), minute: minute, open: cents(open), high: cents(high), low: cents(low))
        }
    }

    private func mirrored(_ bar: Bar) throws -> Bar {
        func flip(_ price: Price) throws -> Price { try 200 - price }
        return Bar(
            start: bar.start, end: bar.end, open: try flip(bar.open), high: try flip(bar.low),
            low: try flip(bar.high), close: try flip(bar.close), volume: bar.volume)
    }

    private func fill(_ intent: Intent, _ bars: [Bar]) throws -> Fill? {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel()), .shares())
        try run.perform(.send(intent))
        for bar in bars { try run.perform(.market(.bar(.first, bar))) }
        return run.reports.compactMap { if case .filled(let fill, _) = $0.outcome { fill } else { nil } }.first
    }

    @Test(arguments: 1...200)
    func `it moves only in favour, and trades between where it stood and where it could stand`(
        seed: Int
    ) throws {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel()), .shares())
        try run.perform(.send(.sell(10, .trailingStop(stop: nil, by: .amount(4)))))
        var (stood, best): (Price?, Price) = (nil, 0)
        for bar in bars(UInt64(seed)) {
            try run.perform(.market(.bar(.first, bar)))
            best = max(best, bar.high)
            if let fill = run.reports.compactMap({ report -> Fill? in
                if case .filled(let fill, _) = report.outcome { fill } else { nil }
            }).first {
                #expect(fill.price >= min(bar.open, stood ?? 0))
                #expect(try fill.price <= best - 4)
                #expect(fill.price >= bar.low && fill.price <= bar.high)
                return
            }
            let stop = try #require(run.broker.books[0].orders.first?.trailed)
            #expect(try stop == best - 4)
            #expect(stop < bar.low)
            #expect(stop >= stood ?? 0)
            stood = stop
        }
    }

    @Test(arguments: 1...50) func `a purchase in a mirrored market trades at the mirrored price`(seed: Int) throws {
        let bars = bars(UInt64(seed))
        let kind = OrderKind.trailingStop(stop: nil, by: .amount(3))
        let sale = try fill(.sell(10, kind), bars)
        let purchase = try fill(.buy(10, kind), try bars.map(mirrored))
        #expect(sale?.time == purchase?.time)
        #expect(try sale.map { try 200 - $0.price } == purchase?.price)
    }
}
