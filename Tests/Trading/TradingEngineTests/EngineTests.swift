import Accounting
import BrokerConformance
import Determinism
import Execution
import RiskControl
import Strategies
import Testing
import TradingEngine
import TradingModel

/// What single events make an engine do.
@Suite struct EngineTests {
    private func engine(_ limits: RiskLimits = .unlimited, _ strategy: Scripted = Scripted(plan: [:])) -> Engine<
        Scripted
    > {
        Engine(
            desk: 7, strategy: strategy, portfolio: Portfolio(cash: 100_000, instruments: 1),
            risk: RiskPolicy(limits: limits, universe: .shares()))
    }

    private func bar(_ bar: Bar) -> EngineEvent { .market(.bar(.first, bar)) }

    private func filled(_ order: Order, _ quantity: Quantity, _ price: Price, at minute: Int) -> EngineEvent {
        let fill = Fill(
            order: order.id, ordinal: 1, instrument: .first, side: order.side, quantity: quantity, price: price,
            fee: 0, time: .minute(minute))
        return .report(OrderReport(order: order.id, outcome: .filled(fill, note: nil), time: .minute(minute)))
    }

    /// An engine that holds 10 at 100 and knows of no exit.
    private func holding(_ limits: RiskLimits, side: Side = .buy) throws -> Engine<Scripted> {
        let wanted: Intent = side == .buy ? .buy(10) : .sell(10)
        var engine = engine(limits, Scripted(plan: [1: [wanted]]))
        let step = try engine.handle(bar(.at(100)))
        let order = try #require(step.orders.first?.order)
        _ = try engine.handle(filled(order, 10, 100, at: 2))
        return engine
    }

    private func stopLimits(allowShort: Bool = false) -> RiskLimits {
        var limits = RiskLimits.unlimited
        limits.stopLoss = 0.05
        limits.allowShort = allowShort
        return limits
    }

    @Test func `refuses an event that is older than the one before`() throws {
        var engine = engine()
        _ = try engine.handle(bar(.at(100, minute: 2)))
        #expect(throws: EngineError.timeWentBackwards(from: .minute(2), to: .minute(1))) {
            _ = try engine.handle(bar(.at(100, minute: 1)))
        }
    }

    @Test func `steps are numbered without gaps and name their orders`() throws {
        var engine = engine(.unlimited, Scripted(plan: [2: [.buy(1), .buy(2)]]))
        let steps = try (1...3).map { try engine.handle(bar(.at(100, minute: $0))) }
        #expect(steps.map(\.sequence) == [1, 2, 3])
        #expect(steps[1].orders.map(\.order.id.description) == ["bw-00000007-2-1", "bw-00000007-2-2"])
        #expect(steps[0].isQuiet && !steps[1].isQuiet && steps[2].isQuiet)
    }

    @Test func `a fill that comes twice, or of a stranger, is booked nowhere`() throws {
        var engine = engine(.unlimited, Scripted(plan: [1: [.buy(10)]]))
        let order = try #require(try engine.handle(bar(.at(100))).orders.first?.order)
        #expect(try !engine.handle(filled(order, 10, 100, at: 2)).isUnmatched)
        let portfolio = engine.portfolio
        #expect(try engine.handle(filled(order, 10, 100, at: 2)).isUnmatched)
        let stranger = Order(
            id: OrderID(desk: 9, step: 1, ordinal: 1), instrument: .first, side: .buy, size: .units(10),
            decided: .minute(1))
        #expect(try engine.handle(filled(stranger, 10, 100, at: 2)).isUnmatched)
        #expect(engine.portfolio == portfolio)
    }

    @Test func `a report that cannot be true stops the engine`() throws {
        var engine = engine(.unlimited, Scripted(plan: [1: [.buy(10)]]))
        let order = try #require(try engine.handle(bar(.at(100))).orders.first?.order)
        #expect(throws: EngineError.self) { _ = try engine.handle(filled(order, 11, 100, at: 2)) }
    }

    @Test func `an unknown outcome keeps the reservation until the order is found`() throws {
        var engine = engine(.unlimited, Scripted(plan: [1: [.buy(10)]]))
        let order = try #require(try engine.handle(bar(.at(100))).orders.first?.order)
        let reserved = engine.risk.reserved
        let unknown = OrderReport(order: order.id, outcome: .unknown(reason: "timeout"), time: .minute(1))
        _ = try engine.handle(.report(unknown))
        #expect(engine.risk.reserved == reserved && reserved > 0)
        #expect(engine.orders[order.id]?.state == .outcomeUnknown)
        _ = try engine.handle(filled(order, 10, 100, at: 2))
        #expect(engine.risk.reserved == 0 && engine.orders.count == 0)
    }

    @Test func `an order that the venue ends early reserves nothing any more`() throws {
        var engine = engine(.unlimited, Scripted(plan: [1: [.buy(worth: 1000)]]))
        let order = try #require(try engine.handle(bar(.at(100))).orders.first?.order)
        _ = try engine.handle(filled(order, 4, 100, at: 2))
        #expect(engine.orders.count == 0 && engine.risk.ordersInFlight.isEmpty && engine.risk.reserved == 0)
    }

    @Test func `a position without a stop is closed once, where the stop would have been`() throws {
        var engine = try holding(stopLimits())
        #expect(try engine.handle(bar(.at(95.01, minute: 3))).orders.isEmpty)
        let orders = try engine.handle(bar(.at(95, minute: 4))).orders.map(\.order)
        #expect(orders.map(\.size) == [.units(10)] && orders.allSatisfy { $0.reduceOnly && $0.side == .sell })
        #expect(try engine.handle(bar(.at(94, minute: 5))).isQuiet)
    }

    @Test func `a short position without a stop is closed as well`() throws {
        var engine = try holding(stopLimits(allowShort: true), side: .sell)
        #expect(try engine.handle(bar(.at(105, minute: 3))).orders.map(\.order.side) == [.buy])
    }

    @Test func `a target alone protects nothing, a stop does`() throws {
        for (kind, closes) in [(OrderKind.limit(115), true), (.stop(90), false)] {
            var engine = try holding(stopLimits())
            let entry = OrderID(desk: 7, step: 1, ordinal: 1)
            let exit = Order(
                id: OrderID(desk: 7, step: 1, ordinal: 1_000_001), instrument: .first, side: .sell, size: .units(10),
                kind: kind, reduceOnly: true, decided: .minute(2))
            _ = try engine.handle(.report(OrderReport(order: entry, outcome: .exitPlaced(exit), time: .minute(2))))
            #expect(try engine.handle(bar(.at(94, minute: 3))).orders.isEmpty != closes)
        }
    }

    @Test func `every kind of price moves a position's worth and watches its stop`() throws {
        var engine = try holding(stopLimits())
        func quote(_ bid: Price, _ ask: Price, _ minute: Int) -> EngineEvent {
            .market(.quote(.first, Quote(time: .minute(minute), bid: bid, ask: ask, bidSize: 1, askSize: 1)))
        }
        _ = try engine.handle(quote(101, 102, 3))
        #expect(engine.portfolio.marketValue == 1010)
        for nonsense in [quote(0, 102, 3), quote(103, 102, 3)] {
            #expect(try engine.handle(nonsense).isQuiet)
            #expect(engine.portfolio.marketValue == 1010)
        }
        let tick = TradeTick(time: .minute(4), price: 94, quantity: 1, aggressor: nil)
        #expect(try engine.handle(.market(.trade(.first, tick))).orders.count == 1)
    }

    @Test func `a short position is worth what buying it back costs`() throws {
        var engine = try holding(stopLimits(allowShort: true), side: .sell)
        let quote = Quote(time: .minute(3), bid: 101, ask: 102, bidSize: 1, askSize: 1)
        _ = try engine.handle(.market(.quote(.first, quote)))
        #expect(engine.portfolio.marketValue == -1020)
    }
}
