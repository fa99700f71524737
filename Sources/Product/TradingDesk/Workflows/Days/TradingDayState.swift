import Analysis
import Determinism
import MarketData
import TradingModel
import WorkflowModel

/// Everything of the desk's trading days that changes; part of a checkpoint.
///
/// What happened in open runs is in the journal: here is only how much of it belongs to the checkpoint.
struct TradingDayState: Sendable, Codable {
    /// The date to look at next; nil before the first moment and after the last.
    var nextDate: CivilDate?
    /// True once no further day begins.
    var isClosing = false
    /// How many events each open run has.
    var open: [String: Int] = [:]
    /// The runs whose rest was made more careful.
    var adjusted: [String] = []
    /// How much what the desk trades moves.
    var volatility: VolatilityIndex
    /// What the steps of open runs have done.
    var ledger = EffectLedger()

    init(_ universe: Universe, _ length: BarLength) {
        let session = length.isDaily ? 20 : min(390, max(20, 23_400 / length.seconds))
        volatility = VolatilityIndex(universe, length: length, periods: session)
    }
}

extension DeskState {
    /// How much the market moves: the last value of the series `^VIX` where the desk has one, else what the desk trades.
    var volatilityReading: VolatilityReading? {
        if let id = Symbol("^VIX").flatMap(window.universe.id(of:)), let level = window.lastClose(id) {
            return VolatilityReading(.index, level: level)
        }
        return day?.volatility.points.map { VolatilityReading(.realised, level: $0) }
    }
}
