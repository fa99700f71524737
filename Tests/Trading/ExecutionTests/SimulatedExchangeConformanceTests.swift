import BrokerConformance
import Execution
import Testing
import TradingModel

/// The simulated exchange keeps what every broker must keep, with every cost and bound in use.
@Suite struct SimulatedExchangeConformanceTests {
    private static let plain = FillModel()
    private static let costly = FillModel(
        fee: Rate(raw: 100_000), spread: Rate(raw: 20_000), slippage: Rate(raw: 50_000), latency: .seconds(1),
        participation: 0.05)

    private func suite(_ model: FillModel) -> BrokerConformance<SimulatedExchange> {
        BrokerConformance(.shares(3)) { SimulatedExchange($0, model: model) }
    }

    @Test(arguments: 0..<40) func `orders live legally`(seed: UInt64) throws {
        try suite(Self.plain).ordersLiveLegally(seed: seed)
        try suite(Self.costly).ordersLiveLegally(seed: seed)
    }

    @Test(arguments: 0..<40) func `fills add up to their orders`(seed: UInt64) throws {
        try suite(Self.plain).fillsAddUp(seed: seed)
        try suite(Self.costly).fillsAddUp(seed: seed)
    }

    @Test(arguments: 0..<40) func `times are true`(seed: UInt64) throws {
        try suite(Self.plain).timesAreTrue(seed: seed)
        try suite(Self.costly).timesAreTrue(seed: seed)
    }

    @Test func `cancelling what does not stand is silent`() throws {
        try suite(Self.plain).cancelIsSilentWhereNothingStands()
    }

    @Test func `sending twice buys once`() throws {
        try suite(Self.plain).sendingTwiceBuysOnce()
    }

    @Test(arguments: 0..<20) func `a copy continues identically`(seed: UInt64) throws {
        try suite(Self.costly).aCopyContinuesIdentically(seed: seed)
    }

    @Test(arguments: 0..<5) func `a checkpoint continues identically`(seed: UInt64) throws {
        try suite(Self.costly).aCheckpointContinuesIdentically(seed: seed)
    }

    @Test(arguments: 0..<40) func `what is held is the sum of the fills`(seed: UInt64) throws {
        var trading = RandomTrading(seed: seed, instruments: 3)
        var run = try BrokerRun(SimulatedExchange(.shares(3), model: Self.costly), .shares(3))
        for action in trading.actions(minutes: 160) {
            try run.perform(action)
            for id in Universe.shares(3).ids {
                #expect(run.broker.held(id) == run.gate.held(id))
            }
        }
        let standing = Set(run.broker.standing.map(\.id))
        let open = run.orders.filter { order in !run.reports(of: order.id).contains { $0.outcome.isFinal } }
        #expect(Set(open.map(\.id)) == standing)
    }
}
