import Determinism
import TradingModel

/// One instrument's rows as the file has them: times not yet in UTC, order not yet checked.
struct RawRows {
    var symbol: Symbol?
    var line: [Int32] = []
    var time: [Int64] = []
    var end: [Int64] = []
    var open: [Int64] = []
    var high: [Int64] = []
    var low: [Int64] = []
    var close: [Int64] = []
    var volume: [Double] = []
    var actions: [CorporateAction] = []

    var count: Int { time.count }

    mutating func reserve(_ count: Int) {
        line.reserveCapacity(count)
        time.reserveCapacity(count)
        open.reserveCapacity(count)
        high.reserveCapacity(count)
        low.reserveCapacity(count)
        close.reserveCapacity(count)
        volume.reserveCapacity(count)
    }

    /// The rows at the given places, in that order.
    func picking(_ indices: [Int]) -> RawRows {
        var picked = RawRows(symbol: symbol)
        picked.line = indices.map { line[$0] }
        picked.time = indices.map { time[$0] }
        picked.end = end.isEmpty ? [] : indices.map { end[$0] }
        picked.open = indices.map { open[$0] }
        picked.high = indices.map { high[$0] }
        picked.low = indices.map { low[$0] }
        picked.close = indices.map { close[$0] }
        picked.volume = indices.map { volume[$0] }
        picked.actions = actions
        return picked
    }

    func sameContent(_ left: Int, _ right: Int) -> Bool {
        open[left] == open[right] && high[left] == high[right] && low[left] == low[right]
            && close[left] == close[right] && volume[left] == volume[right]
    }
}
