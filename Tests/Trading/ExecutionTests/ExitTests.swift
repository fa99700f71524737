import BrokerConformance
import Execution
import Testing
import TradingModel

/// Brackets: exits that fills place, that exclude each other, and that never open a position.
@Suite struct ExitTests {
    private static let stopFirst = "stop and target both lie inside this bar; the stop is taken first"
    private static let long = Intent.buy(10, stop: .distance(0.05), target: .distance(0.1))
    private static let short = Intent.sell(10, stop: .distance(0.05), target: .distance(0.1))

    private static func bracket(_ name: String, _ bar: Bar, said: [String]) -> Scene {
        Scene(
            name, long, bars: [.at(100), bar],
            lines: ["1 filled 10 @ 100", "1 placed 1000001 sell 10 stop 95", "1 placed 1000002 sell 10 limit 110"]
                + said)
    }

    private static func shortBracket(_ name: String, _ bar: Bar, said: [String]) -> Scene {
        Scene(
            name, short, bars: [.at(100), bar],
            lines: ["1 filled 10 @ 100", "1 placed 1000001 buy 10 stop 105", "1 placed 1000002 buy 10 limit 90"] + said)
    }

    private static let pairs = [
        bracket(
            "the stop cancels the target", .at(96, minute: 2, open: 99, low: 94),
            said: ["1000001 filled 10 @ 95", "1000002 cancelled: the other exit was filled"]),
        bracket(
            "the target cancels the stop", .at(105, minute: 2, high: 111),
            said: ["1000002 filled 10 @ 110", "1000001 cancelled: the other exit was filled"]),
        bracket(
            "of both inside a bar the stop is taken", .at(100, minute: 2, high: 112, low: 94),
            said: ["1000001 filled 10 @ 95 (\(stopFirst))", "1000002 cancelled: the other exit was filled"]),
        bracket(
            "a target at the open is certain", .at(100, minute: 2, open: 112, low: 94),
            said: ["1000002 filled 10 @ 112", "1000001 cancelled: the other exit was filled"]),
        bracket(
            "a stop at the open is certain", .at(100, minute: 2, open: 90, high: 120),
            said: ["1000001 filled 10 @ 90", "1000002 cancelled: the other exit was filled"]),
        shortBracket(
            "a short position's stop lies above", .at(100, minute: 2, high: 106),
            said: ["1000001 filled 10 @ 105", "1000002 cancelled: the other exit was filled"]),
        shortBracket(
            "a short position's target lies below", .at(92, minute: 2, low: 89),
            said: ["1000002 filled 10 @ 90", "1000001 cancelled: the other exit was filled"]),
        shortBracket(
            "of both inside a bar a short position's stop is taken", .at(100, minute: 2, high: 106, low: 80),
            said: ["1000001 filled 10 @ 105 (\(stopFirst))", "1000002 cancelled: the other exit was filled"]),
    ]

    private static let sameBar = [
        Scene(
            "an entry at the open can be stopped in the same bar", .buy(10, stop: .price(95)),
            bars: .at(97, open: 100, low: 94), said: "1 filled 10 @ 100", "1 placed 1000001 sell 10 stop 95",
            "1000001 filled 10 @ 95"),
        Scene(
            "an entry that gapped below its stop is closed at once", .buy(10, stop: .price(95)),
            bars: .at(93, open: 92),
            said: "1 filled 10 @ 92", "1 placed 1000001 sell 10 stop 95", "1000001 filled 10 @ 92"),
        Scene(
            "a limit entry is stopped by the low behind it", .buy(10, .limit(98), stop: .price(97.5)),
            bars: .at(99, open: 100, low: 97), said: "1 filled 10 @ 98", "1 placed 1000001 sell 10 stop 97.5",
            "1000001 filled 10 @ 97.5"),
        Scene(
            "a limit entry does not take a high that may lie before it", .buy(10, .limit(98), target: .price(101)),
            bars: .at(100, open: 100, high: 102, low: 97), said: "1 filled 10 @ 98",
            "1 placed 1000002 sell 10 limit 101"),
        Scene(
            "a limit entry takes a target that the close has passed", .buy(10, .limit(98), target: .price(99)),
            bars: .at(100, open: 100, low: 97), said: "1 filled 10 @ 98", "1 placed 1000002 sell 10 limit 99",
            "1000002 filled 10 @ 99"),
        Scene(
            "a stop entry is stopped by the worse extreme", .buy(10, .stop(102), stop: .price(99)),
            bars: .at(102, open: 100, high: 103, low: 98), said: "1 filled 10 @ 102",
            "1 placed 1000001 sell 10 stop 99", "1000001 filled 10 @ 99"),
    ]

    private static let cuts = [
        Scene(
            "each part fill places its own exits", model: FillModel(participation: 0.1),
            .buy(10, stop: .distance(0.05)), bars: .at(100, volume: 40), .at(110, minute: 2, volume: 100),
            .at(94, minute: 3), said: "1 filled 4 @ 100 leaves 6", "1 placed 1000001 sell 4 stop 95",
            "1 filled 6 @ 110", "1 placed 1000003 sell 6 stop 104.5", "1000001 filled 4 @ 94",
            "1000003 filled 6 @ 94"),
        Scene(
            "exits go when the position does", held: 10, .sell(10, .limit(120), reduceOnly: true),
            .sell(10, reduceOnly: true), bars: .at(100, minute: 2), said: "3 filled 10 @ 100",
            "2 cancelled: no position is left to reduce"),
    ]

    @Test(arguments: pairs) func `one exit cancels the other`(scene: Scene) throws {
        let said = try scene.play()
        #expect(said == scene.said)
    }

    @Test(arguments: sameBar) func `exits in the bar of their entry`(scene: Scene) throws {
        let said = try scene.play()
        #expect(said == scene.said)
    }

    @Test(arguments: cuts) func `exits follow the position`(scene: Scene) throws {
        let said = try scene.play()
        #expect(said == scene.said)
    }

    @Test func `a target that finds less than its size is cut and its rest is cancelled`() throws {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel()), .shares())
        try run.perform([
            .send(.buy(10, stop: .distance(0.5), target: .price(110))), .market(.bar(.first, .at(100))),
            .send(.sell(6, reduceOnly: true)), .market(.bar(.first, .at(100, minute: 2))),
            .market(.bar(.first, .at(110, minute: 3))),
        ])
        #expect(
            run.reports.filter { $0.time == .minute(3) }.map(\.line) == [
                "1000002 filled 4 @ 110 leaves 6", "1000001 cancelled: no position is left to reduce",
                "1000002 cancelled: no position is left to reduce",
            ])
        #expect(run.broker.held(.first) == 0 && run.broker.orderCount == 0)
    }

    @Test func `a purchase that only covers a short position places no exits`() throws {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel()), .shares())
        try run.perform([
            .send(.sell(10)), .market(.bar(.first, .at(100))), .send(.buy(15, stop: .distance(0.05))),
            .market(.bar(.first, .at(100, minute: 2))),
        ])
        #expect(run.reports.last?.line == "2 placed 2000001 sell 5 stop 95")
    }

    /// At a fill of 10.01 with a grid of cents.
    @Test(arguments: [
        (Intent.buy(1, stop: .distance(0.05), target: .distance(0.05)), "9.51", "10.52"),
        (.sell(1, stop: .distance(0.05), target: .distance(0.05)), "10.51", "9.5"),
        (.buy(1, stop: .distance(0.0001), target: .distance(0.0001)), "10", "10.02"),
        (.sell(1, stop: .distance(0.0001), target: .distance(0.0001)), "10.02", "10"),
    ])
    func `distances lose no more and gain no less than asked, on the grid`(
        intent: Intent, stop: String, target: String
    ) throws {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel()), .shares())
        try run.perform([.send(intent), .market(.bar(.first, .at(10.01)))])
        let kinds = run.orders.dropFirst().map(\.kind)
        #expect(try kinds == [.stop(#require(Price(stop))), .limit(#require(Price(target)))])
    }

    @Test(arguments: [
        (Intent.buy(1, .limit(-5)), "the price -5 is not above zero"),
        (.buy(1, .stop(101), .immediateOrCancel), "an immediate order cannot wait for a stop price"),
        (.buy(1, stop: .price(0)), "an exit must stand at a price, or a distance, above zero"),
        (.buy(1, stop: .distance(.infinity)), "an exit must stand at a price, or a distance, above zero"),
    ])
    func `orders that make no sense are rejected`(intent: Intent, reason: String) throws {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel()), .shares())
        try run.perform(.send(intent))
        // A stricter gate refuses some of them before they are sent.
        #expect(run.reports.map(\.line) == (run.orders.isEmpty ? [] : ["1 rejected: \(reason)"]))
    }
}
