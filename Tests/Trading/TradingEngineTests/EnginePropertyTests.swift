import Accounting
import BrokerConformance
import Determinism
import Execution
import Foundation
import RiskControl
import Testing
import TradingEngine
import TradingModel

/// What holds whatever happens: random orders, bars, days and people.
@Suite struct EnginePropertyTests {
    private static let universe = Universe.shares(4)
    private static let model = FillModel(
        fee: Rate(raw: 50_000), spread: Rate(raw: 20_000), slippage: Rate(raw: 30_000), participation: 0.0002)

    private enum Happening {
        case market(MarketEvent)
        case control(ControlCommand)
    }

    private func happenings(_ seed: UInt64, minutes: Int) -> [Happening] {
        var trading = RandomTrading(seed: seed, instruments: 4, volume: 4_000_000)
        var random = SeededRandom(seed: seed, stream: "people")
        return trading.events(minutes: minutes).flatMap { event -> [Happening] in
            guard random.uniform() < 0.01 else { return [.market(event)] }
            let commands: [ControlCommand] = [
                .halt(reason: "test"), .resume, .resume, .resume, .reduceOnly(reason: "test"),
                .flatten(reason: "test"),
            ]
            return [.market(event), .control(commands[Int(random.next() % 6)])]
        }
    }

    private func desk(_ seed: UInt64, _ limits: RiskLimits) -> Desk<RandomStrategy> {
        Desk(
            RandomStrategy(seed: seed &+ 99, instruments: 4), universe: Self.universe, cash: 200_000, limits: limits,
            model: Self.model)
    }

    private func happen(_ happening: Happening, to desk: inout Desk<RandomStrategy>) throws {
        switch happening {
        case .market(let event): try desk.handle(event)
        case .control(let command): try desk.order(command)
        }
    }

    private static let loose: RiskLimits = {
        var limits = RiskLimits.unlimited
        limits.allowShort = true
        limits.stopLoss = 0.004
        return limits
    }()

    @Test(arguments: 0..<16) func `gate, register and exchange know the same orders and positions`(seed: UInt64) throws
    {
        for limits in [RiskLimits(), Self.loose] {
            var desk = desk(seed, limits)
            var held = Array(repeating: Quantity.zero, count: 4)
            var booked = 0
            for happening in happenings(seed, minutes: 200) {
                try happen(happening, to: &desk)
                let fills = desk.log.fills
                for fill in fills[booked...] {
                    let index = fill.instrument.index
                    held[index] = fill.side == .buy ? try held[index] + fill.quantity : try held[index] - fill.quantity
                }
                booked = fills.count
                try checkAgreement(desk.loop, held)
                if desk.log.steps.count > 64 { (desk.log.steps, booked) = ([], 0) }
            }
            #expect(desk.loop.engine.portfolio.fillCount > 5)
        }
    }

    private func checkAgreement(_ loop: TradingLoop<RandomStrategy, SimulatedExchange>, _ held: [Quantity]) throws {
        let engine = loop.engine
        for id in Self.universe.ids {
            #expect(engine.portfolio[id].quantity == held[id.index])
            #expect(loop.broker.held(id) == held[id.index])
        }
        let standing = Set(loop.broker.standing.map(\.id))
        #expect(Set(engine.orders.all.map(\.order.id)) == standing)
        #expect(Set(engine.risk.ordersInFlight.map(\.id)) == standing)
        if standing.isEmpty { #expect(engine.risk.reserved == 0) }
        #expect(loop.broker.cash == engine.portfolio.cash)
        #expect(engine.portfolio.cash >= 0)
    }

    @Test(arguments: 0..<5) func `the same events give the same bytes`(seed: UInt64) throws {
        let happenings = happenings(seed, minutes: 120)
        let runs = try (0..<2).map { _ in
            var desk = desk(seed, RiskLimits())
            for happening in happenings { try happen(happening, to: &desk) }
            return try desk.log.bytes()
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].count > happenings.count)
    }

    @Test(arguments: 0..<8) func `a checkpoint anywhere continues with the same bytes`(seed: UInt64) throws {
        let happenings = happenings(seed, minutes: 120)
        var random = SeededRandom(seed: seed, stream: "restarts")
        var reference = desk(seed, seed % 2 == 0 ? RiskLimits() : Self.loose)
        var restarted = reference
        for happening in happenings {
            try happen(happening, to: &reference)
            if random.uniform() < 0.05 {
                let bytes = try JSONEncoder().encode(restarted.loop)
                restarted.loop = try JSONDecoder().decode(
                    TradingLoop<RandomStrategy, SimulatedExchange>.self, from: bytes)
            }
            try happen(happening, to: &restarted)
        }
        #expect(try restarted.log.bytes() == reference.log.bytes())
    }

    @Test func `a crash at any step and a run from the last checkpoint give the same orders and fills`() throws {
        let happenings = happenings(3, minutes: 12)
        var reference = desk(3, Self.loose)
        for happening in happenings { try happen(happening, to: &reference) }
        #expect(reference.log.fills.count > 5)
        for deadline in 0..<reference.log.steps.count {
            let survived = try crash(at: deadline, in: happenings)
            #expect(survived.log.orders == reference.log.orders)
            #expect(survived.log.fills == reference.log.fills)
            #expect(try survived.log.bytes() == reference.log.bytes())
        }
    }

    /// Dies before step `deadline` is kept, forgets all since the last checkpoint, and goes on from there.
    private func crash(at deadline: Int, in happenings: [Happening]) throws -> Desk<RandomStrategy> {
        var desk = desk(3, Self.loose)
        var checkpoint = (bytes: try JSONEncoder().encode(desk.loop), log: desk.log, next: 0)
        desk.log.deadline = deadline
        for (index, happening) in happenings.enumerated() {
            do {
                try happen(happening, to: &desk)
            } catch is StepLog.Killed {
                break
            }
            guard index % 10 == 9 else { continue }
            checkpoint = (try JSONEncoder().encode(desk.loop), desk.log, index + 1)
        }
        desk.loop = try JSONDecoder().decode(type(of: desk.loop), from: checkpoint.bytes)
        desk.log.steps = checkpoint.log.steps
        desk.log.deadline = .max
        for happening in happenings[checkpoint.next...] { try happen(happening, to: &desk) }
        return desk
    }
}
