import Analysis
import Determinism
import RiskControl
import TradingEngine
public import TradingModel

extension DeskPicture.Quote {
    /// The last bar that a state knows of an instrument; nil before the first.
    init?(_ id: InstrumentID, _ state: DeskState) {
        guard let bar = state.window.lastBar(id) else { return nil }
        self.init(
            symbol: state.window.universe.symbol(id), bar: bar,
            previousClose: state.loop.engine.risk.previousClose(id))
    }
}

extension DeskState {
    /// The last bars that the state knows of an instrument, oldest first; none for one that it does not know.
    ///
    /// The window keeps when bars of a day ended, not when they began: those begin at midnight here.
    public func bars(of id: InstrumentID, limit: Int) -> [Bar] {
        let history = window.bars(id)
        return history.times.indices.suffix(max(0, limit)).compactMap { window.bar($0, of: history) }
    }
}

extension MarketWindow {
    fileprivate func lastBar(_ id: InstrumentID) -> Bar? {
        let history = bars(id)
        return history.times.indices.last.flatMap { bar($0, of: history) }
    }

    fileprivate func bar(_ index: Int, of history: BarHistory) -> Bar? {
        guard let open = Price(nearest: history.open[index]), let high = Price(nearest: history.high[index]),
            let low = Price(nearest: history.low[index]), let close = Price(nearest: history.close[index])
        else { return nil }
        let slot = history.slots[index]
        let start = barLength.isDaily ? Timestamp(CivilDate(daysSinceEpoch: Int(slot))) : Timestamp(nanoseconds: slot)
        return Bar(
            start: start, end: history.times[index], open: open, high: high, low: low, close: close,
            volume: history.volume[index])
    }
}
