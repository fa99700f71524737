import Accounting
import Execution
import RiskControl
import Strategies
public import TradingModel

extension Engine {
    /// Takes note of a bar from before the run: statistics and indicators learn from it, nothing is decided.
    public mutating func warmUp(_ id: InstrumentID, _ bar: Bar) throws(EngineError) {
        risk.observe(id, bar)
        strategy.warmUp(id, bar)
        do {
            try portfolio.mark(id, at: bar.close)
        } catch {
            throw .overflow(error)
        }
    }
}

extension TradingLoop {
    /// Takes note of a bar from before the run; the broker has nothing standing yet.
    public mutating func warmUp(_ id: InstrumentID, _ bar: Bar) throws(EngineError) {
        try engine.warmUp(id, bar)
    }
}
