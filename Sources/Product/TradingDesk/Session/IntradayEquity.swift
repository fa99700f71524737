public import Accounting
import Determinism
import TradingModel

/// Equity at the moments of the running trading day and of the one before, in bounded memory.
public struct IntradayEquity: Sendable, Hashable, Codable {
    /// The most points of one day; of more every second is left out.
    static let limit = 200

    private var before: [EquityCurve.Sample] = []
    private var running = EquityCurve(sampling: .every(limit: limit))

    init() {}

    /// A trading day begins: what was of the day before the last is forgotten.
    mutating func startDay() {
        guard !running.samples.isEmpty else { return }
        before = running.samples
        running = EquityCurve(sampling: .every(limit: IntradayEquity.limit))
    }

    mutating func record(_ equity: Money, exposure: Money, at time: Timestamp) {
        running.record(equity, exposure: exposure, at: time)
    }

    /// The points of both days, ascending by time.
    public var samples: [EquityCurve.Sample] { before + running.samples }
}

extension DeskState {
    /// Equity over time: one point a day, then the points of the last two trading days.
    public var equityHistory: [EquityCurve.Sample] {
        let fine = intraday?.samples ?? []
        guard let start = fine.first?.time else { return curve.samples }
        return curve.samples.filter { $0.time < start } + fine
    }
}
