import Accounting
import TradingDesk
import TradingModel

/// What a summary page shows beside the summary: the curve and the extremes of the trades.
struct RunResults: Sendable {
    /// Equity day by day.
    var equity: [Double] = []
    /// The round trip that gained the largest share of its entry, and the one that lost it; nil without trades.
    var best: RoundTrip?
    var worst: RoundTrip?

    init() {}

    /// The results of a state.
    init(_ state: DeskState) {
        equity = state.curve.samples.map(\.equity.double)
        let rated = state.ledger.closed.compactMap { trip in trip.profitShare.map { (trip: trip, share: $0) } }
        best = rated.max { $0.share < $1.share }?.trip
        worst = rated.min { $0.share < $1.share }?.trip
    }
}
