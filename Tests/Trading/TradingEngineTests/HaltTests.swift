import Accounting
import BrokerConformance
import Determinism
import Execution
import RiskControl
import Strategies
import Testing
import TradingEngine
import TradingModel

/// What happens to orders and positions when trading stops.
@Suite struct HaltTests {
    private func limits(flattens: Bool) -> RiskLimits {
        var limits = RiskLimits.unlimited
        limits.maxDailyLoss = 0.02
        limits.flattensOnLoss = flattens
        return limits
    }

    /// Holds 500 from 100 on, with a limit entry waiting at 50, and loses 5 % of half its equity.
    private func losing(flattens: Bool) throws -> Desk<Scripted> {
        var desk = Desk(Scripted(plan: [1: [.buy(500), .buy(100, .limit(50))]]), limits: limits(flattens: flattens))
        try desk.handle(.dayStarted(CivilDate(daysSinceEpoch: 0), at: .minute(0)))
        try desk.handle(.at(100), .at(100, minute: 2), .at(95, minute: 3))
        return desk
    }

    @Test func `a loss takes back entries and leaves positions`() throws {
        var desk = try losing(flattens: false)
        #expect(desk.lines == ["2-1 filled 500 @ 100", "2-2 cancelled: as asked"])
        #expect(desk.log.steps.compactMap(\.halt).count == 1)
        try desk.handle(.at(90, minute: 4))
        #expect(desk.held == 500)
        #expect(desk.loop.engine.risk.ordersInFlight.isEmpty && desk.loop.broker.orderCount == 0)
    }

    @Test func `a loss closes every position where it should`() throws {
        var desk = try losing(flattens: true)
        try desk.handle(.at(94, minute: 4))
        #expect(desk.held == 0)
        #expect(desk.lines.last?.hasSuffix("filled 500 @ 94") == true)
    }

    @Test func `a loss that a fill itself makes closes the position too`() throws {
        var desk = Desk(
            Scripted(plan: [1: [.buy(900)]]), limits: limits(flattens: true),
            model: FillModel(slippage: Rate(raw: 3_000_000)))
        try desk.handle(.dayStarted(CivilDate(daysSinceEpoch: 0), at: .minute(0)))
        // The fill at 103 is marked at the open's 100 by the bar, and the exit goes out with that.
        try desk.handle(.at(100), .at(100, minute: 2), .at(100, minute: 3))
        #expect(desk.held == 0)
        #expect(desk.loop.engine.orders.count == 0 && desk.loop.engine.risk.reserved == 0)
    }

    @Test func `a fee that breaks the day's limit halts within the report, and its exits are sent`() throws {
        var desk = Desk(
            Scripted(plan: [1: [.buy(900)]]), limits: limits(flattens: true),
            model: FillModel(fee: Rate(raw: 2_500_000)))
        try desk.handle(.dayStarted(CivilDate(daysSinceEpoch: 0), at: .minute(0)))
        try desk.handle(.at(100), .at(100, minute: 2))
        let halted = try #require(desk.log.steps.first { $0.halt != nil })
        guard case .report = halted.event else {
            Issue.record("halted by \(halted.event)")
            return
        }
        #expect(halted.orders.count == 1)
        #expect(desk.loop.broker.standing.map(\.id) == halted.orders.map(\.order.id))
        try desk.handle(.at(100, minute: 3))
        #expect(desk.held == 0)
    }

    @Test func `flattening closes a position once, whatever exits stand`() throws {
        let entry = Intent.buy(10, stop: .distance(0.05), target: .distance(0.1))
        var desk = Desk(Scripted(plan: [1: [entry, .buy(5, .limit(50))]]))
        try desk.handle(.at(100), .at(100, minute: 2))
        try desk.order(.flatten(reason: "enough"))
        try desk.order(.flatten(reason: "really"))
        #expect(desk.lines.suffix(1) == ["1-2 cancelled: as asked"])
        // The stop is gapped over at the very open at which the market exit trades.
        try desk.handle(.at(90, minute: 3))
        #expect(desk.held == 0)
        #expect(desk.loop.broker.orderCount == 0 && desk.loop.engine.orders.count == 0)
        #expect(desk.loop.engine.risk.ordersInFlight.isEmpty)
        #expect(desk.log.fills.map(\.quantity) == [10, 10])
    }

    @Test func `a part that was filled before the halt keeps its exits`() throws {
        var desk = Desk(
            Scripted(plan: [1: [.buy(10, stop: .distance(0.05))]]), model: FillModel(participation: 0.1))
        try desk.handle(.at(100), .at(100, minute: 2, volume: 40))
        try desk.order(.halt(reason: "wait"))
        try desk.handle(.at(94, minute: 3))
        #expect(
            desk.lines == [
                "1-1 filled 4 @ 100 leaves 6", "1-1 placed 1000001 sell 4 stop 95", "1-1 cancelled: as asked",
                "1-1000001 filled 4 @ 94",
            ])
    }

    @Test func `a day that begins too wild takes back entries`() throws {
        var limits = RiskLimits.unlimited
        limits.haltVolatility = 0.5
        var desk = Desk(Scripted(plan: [1440 * 5: [.buy(1, .limit(10))]]), limits: limits)
        for day in 1...15 { try desk.handle(.at(day % 2 == 0 ? 100 : 120, minute: 1440 * day)) }
        #expect(desk.loop.broker.orderCount == 1)
        try desk.handle(.dayStarted(CivilDate(daysSinceEpoch: 15), at: .minute(1440 * 15)))
        guard case .volatility = desk.log.steps.last(where: { $0.halt != nil })?.halt else {
            Issue.record("no halt")
            return
        }
        #expect(desk.loop.broker.orderCount == 0)
    }
}
