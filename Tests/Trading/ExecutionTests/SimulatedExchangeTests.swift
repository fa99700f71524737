import BrokerConformance
import Determinism
import Execution
import Testing
import TradingModel

/// How single orders trade inside bars.
@Suite struct SimulatedExchangeTests {
    private static let markets = [
        Scene("a market order takes the open", .buy(10), bars: .at(100, open: 101), said: "1 filled 10 @ 101"),
        Scene("a market sale takes the open", .sell(10), bars: .at(100, open: 101), said: "1 filled 10 @ 101"),
    ]

    private static let limits = [
        Scene(
            "a limit trades at its price when touched", .buy(10, .limit(99)), bars: .at(100, low: 99),
            said: "1 filled 10 @ 99"),
        Scene("a limit that is not touched stands", .buy(10, .limit(99)), bars: .at(100, low: 99.01)),
        Scene(
            "a limit takes a better open", .buy(10, .limit(99)), bars: .at(100, open: 97), said: "1 filled 10 @ 97"),
        Scene(
            "a limit to sell trades at its price when touched", .sell(10, .limit(101)), bars: .at(100, high: 101),
            said: "1 filled 10 @ 101"),
        Scene("a limit to sell that is not touched stands", .sell(10, .limit(101)), bars: .at(100, high: 100.99)),
        Scene(
            "a limit to sell takes a better open", .sell(10, .limit(101)), bars: .at(100, open: 103),
            said: "1 filled 10 @ 103"),
    ]

    private static let stops = [
        Scene(
            "a stop trades at its price when touched", .buy(10, .stop(102)), bars: .at(100, high: 102),
            said: "1 filled 10 @ 102"),
        Scene("a stop that is not touched stands", .buy(10, .stop(102)), bars: .at(100, high: 101.99)),
        Scene(
            "a stop that is gapped over takes the open", .buy(10, .stop(102)), bars: .at(100, open: 105),
            said: "1 filled 10 @ 105"),
        Scene(
            "a stop to sell trades at its price when touched", .sell(10, .stop(98)), bars: .at(100, low: 98),
            said: "1 filled 10 @ 98"),
        Scene(
            "a stop to sell that is gapped over takes the open", .sell(10, .stop(98)), bars: .at(97, open: 95),
            said: "1 filled 10 @ 95"),
    ]

    private static let stopLimits = [
        Scene(
            "a stop-limit trades at its stop where the limit allows", .sell(10, .stopLimit(stop: 98, limit: 97)),
            bars: .at(99, open: 100, low: 96), said: "1 filled 10 @ 98"),
        Scene(
            "a stop-limit that is gapped past its limit rests from the next bar on",
            .sell(10, .stopLimit(stop: 98, limit: 97)), bars: .at(96, open: 95, high: 97.5),
            .at(96, minute: 2, high: 97.2), said: "1 triggered", "1 filled 10 @ 97"),
        Scene(
            "a stop-limit whose limit is better than its stop rests from the next bar on",
            .sell(10, .stopLimit(stop: 98, limit: 99)), bars: .at(98, open: 100, low: 97),
            .at(98, minute: 2, high: 99), said: "1 triggered", "1 filled 10 @ 99"),
        Scene(
            "a stop-limit to buy trades at the open within its limit", .buy(10, .stopLimit(stop: 102, limit: 103)),
            bars: .at(100, open: 102.5), said: "1 filled 10 @ 102.5"),
    ]

    private static let immediate = [
        Scene(
            "an immediate limit has only the open", .buy(10, .limit(99), .immediateOrCancel),
            bars: .at(100, low: 98), .at(98, minute: 2), said: "1 cancelled: not all could be had at once"),
        Scene(
            "an immediate order takes what there is",
            model: FillModel(participation: 0.1), .buy(10, .market, .immediateOrCancel), bars: .at(100, volume: 40),
            .at(100, minute: 2), said: "1 filled 4 @ 100 leaves 6", "1 cancelled: not all could be had at once"),
        Scene(
            "all or nothing is nothing where not all can be had",
            model: FillModel(participation: 0.1), .buy(10, .market, .fillOrKill), bars: .at(100, volume: 99),
            .at(100, minute: 2), said: "1 cancelled: it could not be filled as a whole"),
        Scene(
            "all or nothing is all where all can be had",
            model: FillModel(participation: 0.1), .buy(10, .market, .fillOrKill), bars: .at(100, volume: 100),
            said: "1 filled 10 @ 100"),
    ]

    private static let participation = [
        Scene(
            "what a bar's volume does not give stands", model: FillModel(participation: 0.1), .buy(10),
            bars: .at(100, volume: 45), .at(101, minute: 2, volume: 0), .at(102, minute: 3, volume: 90),
            said: "1 filled 4 @ 100 leaves 6", "1 filled 6 @ 102"),
        Scene(
            "all orders share one bar's volume", model: FillModel(participation: 0.1), .buy(3), .buy(3), .sell(3),
            bars: .at(100, volume: 50), .at(101, minute: 2, volume: 50), said: "1 filled 3 @ 100",
            "2 filled 2 @ 100 leaves 1", "2 filled 1 @ 101", "3 filled 3 @ 101"),
        Scene(
            "a stop that was touched goes on at the market", model: FillModel(participation: 0.1),
            .sell(10, .stop(98)), bars: .at(99, open: 100, low: 98, volume: 40),
            .at(105, minute: 2, volume: 100), said: "1 triggered", "1 filled 4 @ 98 leaves 6", "1 filled 6 @ 105"),
        Scene(
            "a stop that was touched without volume goes on at the market", model: FillModel(participation: 0.1),
            .sell(10, .stop(98)), bars: .at(99, open: 100, low: 98, volume: 0),
            .at(105, minute: 2, volume: 100), said: "1 triggered", "1 filled 10 @ 105"),
    ]

    private static let costs = FillModel(
        fee: Rate(raw: 100_000), spread: Rate(raw: 200_000), slippage: Rate(raw: 100_000))

    private static let costly = [
        Scene(
            "a purchase pays half the spread and slips", model: costs, .buy(10), bars: .at(100),
            said: "1 filled 10 @ 100.2"),
        Scene(
            "a sale pays half the spread and slips", model: costs, .sell(10), bars: .at(100), said: "1 filled 10 @ 99.8"
        ),
        Scene(
            "a limit at the open pays the same up to its limit", model: costs, .buy(10, .limit(100.15)),
            bars: .at(100), said: "1 filled 10 @ 100.15"),
        Scene(
            "a limit that the market comes to pays neither", model: costs, .buy(10, .limit(99)),
            bars: .at(100, low: 98), said: "1 filled 10 @ 99"),
        Scene(
            "a stop slips from its price", model: costs, .buy(10, .stop(101)), bars: .at(100, high: 102),
            said: "1 filled 10 @ 101.202"),
        Scene(
            "a stop-limit slips no further than its limit", model: costs, .buy(10, .stopLimit(stop: 101, limit: 101.1)),
            bars: .at(100, high: 102), said: "1 filled 10 @ 101.1"),
    ]

    private static let money = [
        Scene("an amount buys whole lots", .buy(worth: 1050), bars: .at(100), said: "1 filled 10 @ 100"),
        Scene(
            "an amount pays the fee as well", model: FillModel(fee: Rate(raw: 100_000)), .buy(worth: 1000),
            bars: .at(100), said: "1 filled 9 @ 100"),
        Scene(
            "an amount below a lot buys nothing", .buy(worth: 99), bars: .at(100),
            said: "1 cancelled: nothing to reduce, or less than one lot"),
        Scene(
            "the rest of an amount is counted in units", model: FillModel(participation: 0.1), .buy(worth: 1000),
            bars: .at(100, volume: 50), .at(50, minute: 2, volume: 1000), said: "1 filled 5 @ 100 leaves 5",
            "1 filled 5 @ 50"),
        Scene(
            "the rest of an amount is never overdrawn", model: FillModel(participation: 0.1), .buy(worth: 1000),
            bars: .at(100, volume: 50), .at(200, minute: 2, volume: 1000), said: "1 filled 5 @ 100 leaves 5",
            "1 filled 2 @ 200 leaves 3", "1 cancelled: the rest can neither be paid for nor reduce anything"),
        Scene(
            "a purchase is cut to the account's cash", cash: 1000, .buy(10), bars: .at(120),
            said: "1 filled 8 @ 120 leaves 2", "1 cancelled: the rest can neither be paid for nor reduce anything"),
        Scene(
            "a second purchase finds what the first left", cash: 1000, .buy(6), .buy(6), bars: .at(100),
            said: "1 filled 6 @ 100", "2 filled 4 @ 100 leaves 2",
            "2 cancelled: the rest can neither be paid for nor reduce anything"),
    ]

    @Test(arguments: markets + limits + stops + stopLimits) func `kinds of orders`(scene: Scene) throws {
        let said = try scene.play()
        #expect(said == scene.said)
    }

    @Test(arguments: immediate + participation + costly + money) func `bounds and costs`(scene: Scene) throws {
        let said = try scene.play()
        #expect(said == scene.said)
    }

    @Test func `a fill says its fee`() throws {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: Self.costs), .shares())
        try run.perform([.send(.buy(10)), .market(.bar(.first, .at(100)))])
        guard case .filled(let fill, nil) = run.reports.last?.outcome else {
            Issue.record("no fill")
            return
        }
        #expect(fill.fee == Money("1.002"))
    }

    @Test func `a coin is shared by volume down to its smallest part`() throws {
        var run = try BrokerRun(SimulatedExchange(.coin, model: FillModel(participation: 0.1)), .coin)
        try run.perform([.send(.buy(1)), .market(.bar(.first, .at(100, volume: 0.5)))])
        #expect(run.reports.last?.line == "1 filled 0.05 @ 100 leaves 0.95")
    }

    @Test(arguments: [0, 1, 3, 7, 9, 333]) func `an amount is spent to the last lot and never beyond`(rate: Int64)
        throws
    {
        var random = SeededRandom(seed: UInt64(rate))
        let model = FillModel(fee: Rate(raw: rate * 10_001))
        for _ in 0..<2000 {
            let price = Price(raw: Int64(random.next() % 100_000_000_000) + 1)
            let amount = Money(raw: Int64(random.next() % 100_000_000_000_000) + 1)
            var run = try BrokerRun(SimulatedExchange(.coin, model: model), .coin)
            try run.perform([.send(.buy(worth: amount)), .market(.bar(.first, .at(price)))])
            guard case .filled(let fill, _) = run.reports.last?.outcome else { continue }
            let spent = try fill.price * fill.quantity + fill.fee
            #expect(spent <= amount)
            let slack = try (price * Quantity(raw: 100)).raw + 10
            #expect(amount.raw - spent.raw <= slack)
        }
    }
}
