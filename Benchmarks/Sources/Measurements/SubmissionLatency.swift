import Determinism
import Execution
import Indicators
import ReferenceBars
import RiskControl
import ScratchFolders
import TradingDesk
import TradingModel

/// From a bar's arrival to its order's submission, with the record of the decision on disk before.
enum SubmissionLatency {
    private static let instruments = 150
    private static let history = 60

    static func run() throws -> [Measurement] {
        var (submitted, whole): ([[Double]], [[Double]]) = ([], [])
        for _ in 0..<3 {
            let round = try round(days: 30)
            submitted.append(round.submitted)
            whole.append(round.whole)
        }
        guard submitted.allSatisfy({ $0.count >= 100 }) else {
            throw DeskProcess.Failure("only \(submitted.map(\.count)) orders in a round: too few for a percentile")
        }
        return [
            Measurement("engine.event_to_submitted.p50", "us", of: submitted.map { percentile(0.5, $0) }),
            Measurement("engine.event_to_submitted.p99", "us", of: submitted.map { percentile(0.99, $0) }),
            Measurement("desk.moment.p99", "us", of: whole.map { percentile(0.99, $0) }),
        ]
    }

    /// Microseconds to the submission, for moments with an order, and to the end, for all.
    private static func round(days: Int) throws -> (submitted: [Double], whole: [Double]) {
        let series = (0..<instruments).map { ReferenceBars.days(of: $0, count: history + days) }
        let folder = try ScratchFolder()
        let log = try StoredLog(home: folder.path)
        var session = try DeskSession(plan: try plan(), journal: log.journal, log: log)
        try session.begin(
            history: series.enumerated().map { InstrumentHistory(InstrumentID($0), Array($1.prefix(history))) })
        var (submitted, whole): ([Double], [Double]) = ([], [])
        let clock = ContinuousClock()
        for day in history..<history + days {
            for instrument in 0..<instruments {
                let moment = moment(series[instrument][day], of: instrument)
                let orders = session.state.counts.orders
                _ = log.takeFirstAppend()
                let start = clock.now
                _ = try session.handle(moment)
                whole.append(start.duration(to: clock.now) / .microseconds(1))
                guard session.state.counts.orders > orders, let durable = log.takeFirstAppend() else { continue }
                submitted.append(start.duration(to: durable) / .microseconds(1))
            }
        }
        return (submitted, whole)
    }

    /// Instruments trade one after the other, a second apart, so that every bar is an event of its own.
    private static func moment(_ bar: Bar, of instrument: Int) -> DeskMoment {
        let shift = Duration.seconds(instrument)
        let shifted = Bar(
            start: bar.start + shift, end: bar.end + shift, open: bar.open, high: bar.high, low: bar.low,
            close: bar.close, volume: bar.volume)
        return DeskMoment(time: shifted.end, events: [.bar(InstrumentID(instrument), shifted)])
    }

    /// A moving-average cross under all limits of the gate, set so that the instruments can trade.
    private static func plan() throws -> DeskPlan {
        var limits = RiskLimits()
        (limits.maxPositionShare, limits.minDailyTurnover) = (0.005, nil)
        return DeskPlan(
            universe: Universe(ReferenceInstruments.all(instruments)), barLength: .day, capital: 10_000_000,
            limits: limits, fills: FillModel(fee: Rate(raw: 100_000)),
            decider: .movingAverageCross(fast: 10, slow: 50), seed: 1, isSimulated: true, sources: [])
    }
}

/// Equities with the names `REF0`, `REF1`…
enum ReferenceInstruments {
    static func all(_ count: Int) -> [Instrument] {
        (0..<count).compactMap { number in Symbol("REF\(number)").map { Instrument($0, .equity) } }
    }
}
