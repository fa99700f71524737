import BrokerConformance
import Determinism
import Execution
import Testing
import TradingModel

/// When orders can trade, and how long they stand.
@Suite struct TimeTests {
    private func exchange(
        latency: Duration = .milliseconds(100), instruments: Int = 1
    ) throws -> BrokerRun<SimulatedExchange> {
        let universe = Universe.shares(instruments)
        return try BrokerRun(SimulatedExchange(universe, model: FillModel(latency: latency)), universe)
    }

    private func lines(_ run: BrokerRun<SimulatedExchange>) -> [String] {
        run.reports.filter { $0.outcome != .accepted }.map(\.line)
    }

    private func fill(_ run: BrokerRun<SimulatedExchange>) -> Fill? {
        for case .filled(let fill, _) in run.reports.map(\.outcome) { return fill }
        return nil
    }

    @Test(arguments: [Duration.zero, .milliseconds(100)])
    func `an order of a bar's end trades at the next open, in no bar that ended with it`(latency: Duration) throws {
        var run = try exchange(latency: latency, instruments: 2)
        let other = InstrumentID(1)
        try run.perform([
            .market(.bar(.first, .at(100))), .send(.buy(1, of: other)), .market(.bar(other, .at(90))),
            .market(.bar(.first, .at(100, minute: 2))),
        ])
        #expect(lines(run) == [])
        try run.perform(.market(.bar(other, .at(95, minute: 2, open: 93))))
        #expect(lines(run) == ["1 filled 1 @ 93"])
        #expect(fill(run)?.time == .minute(1) + latency)
    }

    @Test func `an order that is longer under way than a bar waits for the bar after`() throws {
        var run = try exchange(latency: .seconds(90))
        try run.perform([.send(.buy(1)), .market(.bar(.first, .at(100)))])
        #expect(lines(run) == [])
        try run.perform(.market(.bar(.first, .at(102, minute: 2, open: 101))))
        #expect(lines(run) == ["1 filled 1 @ 101"])
        #expect(fill(run)?.time == .minute(0) + .seconds(90))
    }

    /// Sends half-way into the first bar.
    private func late(_ intent: Intent, _ bar: Bar) throws -> BrokerRun<SimulatedExchange> {
        var run = try exchange()
        let tick = TradeTick(time: .minute(0) + .seconds(30), price: 100, quantity: 1, aggressor: nil)
        try run.perform([.market(.trade(.first, tick)), .send(intent), .market(.bar(.first, bar))])
        return run
    }

    @Test func `an order that is sent inside a bar trades at its close, never at the open before it`() throws {
        let run = try late(.buy(1), .at(102, open: 90))
        #expect(lines(run) == ["1 filled 1 @ 102"])
        #expect(fill(run)?.time == .minute(1))
    }

    @Test func `limits and stops that are sent inside a bar look at its close`() throws {
        #expect(try lines(late(.buy(1, .limit(95)), .at(100, open: 100, low: 90))) == [])
        #expect(try lines(late(.buy(1, .limit(95)), .at(94, open: 100, low: 90))) == ["1 filled 1 @ 94"])
        #expect(try lines(late(.buy(1, .stop(105)), .at(100, open: 100, high: 110))) == [])
        #expect(try lines(late(.buy(1, .stop(105)), .at(107, open: 100, high: 110))) == ["1 filled 1 @ 107"])
    }

    @Test(arguments: [Duration.zero, .milliseconds(100)])
    func `a day order ends with the day in which it could trade`(latency: Duration) throws {
        var run = try exchange(latency: latency)
        let dayEnd = MarketEvent.dayEnded(CivilDate(daysSinceEpoch: 0), at: .minute(1))
        try run.perform([
            .send(.buy(1, .limit(50), .day)), .send(.buy(1, .limit(50))), .market(.bar(.first, .at(100))),
            .send(.buy(1, .limit(50), .day)), .market(dayEnd),
        ])
        #expect(lines(run) == ["1 expired"])
        try run.perform([
            .market(.bar(.first, .at(100, minute: 2))),
            .market(.dayEnded(CivilDate(daysSinceEpoch: 1), at: .minute(2))),
        ])
        #expect(lines(run) == ["1 expired", "3 expired"])
        #expect(run.broker.standing.map(\.id.ordinal) == [2])
    }

    @Test func `a partly filled order can be cancelled and leaves its exits`() throws {
        var run = try BrokerRun(SimulatedExchange(.shares(), model: FillModel(participation: 0.1)), .shares())
        try run.perform([
            .send(.buy(10, stop: .distance(0.05))), .market(.bar(.first, .at(100, volume: 40))), .cancel(2),
            .market(.bar(.first, .at(100, minute: 2, low: 90))),
        ])
        #expect(
            lines(run) == [
                "1 filled 4 @ 100 leaves 6", "1 placed 1000001 sell 4 stop 95", "1 cancelled: as asked",
                "1000001 filled 4 @ 95",
            ])
    }

    @Test func `times at the end of time do not trap`() throws {
        var run = try exchange(latency: .seconds(5_000_000_000))
        let end = Timestamp(nanoseconds: .max - 1)
        try run.perform([.market(.dayStarted(CivilDate(daysSinceEpoch: 0), at: end)), .send(.buy(1))])
        #expect(run.broker.orderCount == 1)
    }
}
