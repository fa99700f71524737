import Accounting
import AllocationCounter
import Backtesting
import Determinism
import Execution
import Indicators
import MarketData
import ReferenceBars
import RiskControl
import Strategies
import TradingEngine
import TradingModel

/// The peers' work (moving-average cross 10/50, fee 0.1 %) through the whole engine: risk gate, orders, exchange.
enum EngineSuite {
    static func run() throws -> [Measurement] {
        try minutes() + days() + eventToOrder()
    }

    private static func backtest(cash: Money, sizing: MovingAverageCross.Sizing) -> Backtest<MovingAverageCross> {
        guard let symbol = Symbol("TEST") else { preconditionFailure("a fixed symbol") }
        return Backtest(
            strategy: MovingAverageCross(fast: 10, slow: 50, deadBand: 1e-4, sizing: sizing, instruments: 1),
            universe: Universe([Instrument(symbol, .equity)]), cash: cash, limits: .unlimited,
            model: FillModel(fee: Rate(raw: 100_000), latency: .zero))
    }

    private static func minutes() throws -> [Measurement] {
        let bars = ReferenceBars.minutes()
        var speeds: [Double] = []
        var allocations: [Double] = []
        for _ in 0..<7 {
            var test = backtest(cash: 10_000_000, sizing: .units(1))
            var counter = StepCounter()
            let before = allocations_so_far()
            let taken = try seconds { try test.run(bars, of: InstrumentID(0), recorder: &counter) }
            allocations.append(Double(allocations_so_far() - before) / Double(bars.count))
            speeds.append(Double(bars.count) / taken)
        }
        return [
            Measurement("engine.m1.bars_per_second", "bars/s", of: speeds),
            Measurement("engine.m1.allocations_per_bar", "allocations/bar", of: allocations),
        ]
    }

    private static func days() throws -> [Measurement] {
        let series = (0..<150).map { ReferenceBars.days(of: $0) }
        let speeds = try (0..<7).map { _ in
            let taken = try seconds {
                for bars in series {
                    var test = backtest(cash: 1_000_000, sizing: .allCash)
                    var counter = StepCounter()
                    try test.run(bars, of: InstrumentID(0), recorder: &counter)
                }
            }
            return Double(series.count * series[0].count) / taken
        }
        return [Measurement("engine.daily.bars_per_second", "bars/s", of: speeds)]
    }

    // MARK: - From an event to approved orders

    /// Ten years of daily bars of 150 instruments through `Engine.handle`, with the default limits and all their
    /// statistics; the time of every event from which an approved order followed.
    private static func eventToOrder() throws -> [Measurement] {
        let series = (0..<150).map { ReferenceBars.days(of: $0) }
        var medians: [Double] = []
        var tails: [Double] = []
        for _ in 0..<5 {
            let times = try timesToOrder(series)
            medians.append(times[times.count / 2])
            tails.append(times[times.count * 99 / 100])
        }
        return [
            Measurement("engine.event_to_order.p50", "µs", of: medians),
            Measurement("engine.event_to_order.p99", "µs", of: tails),
        ]
    }

    /// Microseconds, ascending.
    private static func timesToOrder(_ series: [[Bar]]) throws -> [Double] {
        let universe = universe(of: series.count)
        let engine = Engine(
            desk: 1, strategy: NowAndThen(), portfolio: Portfolio(cash: 100_000_000, instruments: universe.count),
            risk: RiskPolicy(limits: RiskLimits(), universe: universe))
        var loop = TimedLoop(engine: engine, exchange: SimulatedExchange(universe, model: FillModel()))
        for day in 0..<series[0].count {
            for id in universe.ids { try loop.handle(.bar(id, series[id.index][day].traded(1_000_000))) }
        }
        return loop.times.sorted()
    }

    private static func universe(of count: Int) -> Universe {
        Universe((0..<count).compactMap { Symbol("S\(1000 + $0)") }.map { Instrument($0, .equity, sector: "one") })
    }
}

extension Bar {
    /// The same bar with its volume multiplied, so that the instrument is liquid enough to be bought.
    fileprivate func traded(_ times: Double) -> Bar {
        Bar(start: start, end: end, open: open, high: high, low: low, close: close, volume: volume * times)
    }
}

/// Buys a little of every instrument now and then; its stops and targets are the gate's.
private struct NowAndThen: Strategy {
    private var count = 0

    mutating func decide(_ id: InstrumentID, _ bar: Bar, portfolio: borrowing Portfolio, intents: inout [Intent]) {
        count += 1
        guard count % 37 == 0 else { return }
        let isHeld = !portfolio[id].isFlat
        let size: OrderSize = isHeld ? .units(portfolio[id].quantity) : .notional(50_000)
        intents.append(
            Intent(instrument: id, side: isHeld ? .sell : .buy, size: size, reduceOnly: isHeld, origin: "now and then"))
    }

    mutating func warmUp(_ id: InstrumentID, _ bar: Bar) {}
}

/// The trading loop with a clock around `Engine.handle`.
private struct TimedLoop {
    var engine: Engine<NowAndThen>
    var exchange: SimulatedExchange
    var times: [Double] = []
    private var step: EngineStep
    private var reports: [OrderReport] = []

    init(engine: Engine<NowAndThen>, exchange: SimulatedExchange) {
        self.engine = engine
        self.exchange = exchange
        let start = MarketEvent.dayEnded(CivilDate(daysSinceEpoch: 0), at: Timestamp(nanoseconds: 0))
        step = EngineStep(sequence: 0, event: start)
    }

    mutating func handle(_ event: MarketEvent) throws {
        try exchange.observe(event, reports: &reports)
        try deliver()
        let taken = try seconds { try engine.handle(event, into: &step) }
        if !step.orders.isEmpty { times.append(taken * 1e6) }
        send()
        try deliver()
    }

    private mutating func send() {
        for id in step.cancels { exchange.cancel(id, at: engine.now, reports: &reports) }
        for order in step.orders { exchange.submit(order, at: engine.now, reports: &reports) }
    }

    private mutating func deliver() throws {
        while !reports.isEmpty {
            let batch = reports
            reports = []
            for report in batch {
                try engine.handle(report, into: &step)
                send()
            }
        }
    }
}
