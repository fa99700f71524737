public import Accounting
public import TradingModel

/// The execution node: turns target weights into intents.
///
/// SELL closes a position entirely, BUY goes to the target weight, HOLD and SELL without a position do nothing. A
/// change inside `noTradeBand` or under `minimumTrade` is not worth its cost. Expected slippage is half the spread
/// plus `impact` times the deviation of a bar's return times the root of the order's share of the volume (the
/// square-root law; N. Torre, BARRA Market Impact Model Handbook, 1997).
public struct ExecutionPlanning: Sendable, Hashable, Codable {
    /// The change of weight, as a share of equity, below which nothing is done; closing a position is always done.
    public var noTradeBand = 0.01
    /// The least value of a purchase, in the account's currency.
    public var minimumTrade = 100.0
    /// The greatest share of the mean volume that a purchase may take.
    public var participation = 0.1
    /// Half of what bid and ask lie apart, as a fraction of the price.
    public var halfSpread = 0.0005
    /// The factor of the square-root law.
    public var impact = 1.0
    /// Cash that purchases leave alone, as a share of equity.
    public var cashReserve = 0.01

    /// The node with the desk's settings.
    public init() {}

    /// Plans the trades; an instrument without a price, or `busy` with an order in flight, is skipped.
    public func plan(
        _ target: PortfolioTarget, _ signals: SignalSet, _ portfolio: Portfolio, _ window: MarketWindow,
        busy: Set<InstrumentID> = []
    ) -> ExecutionPlan {
        guard let equity = (try? portfolio.equity)?.double, equity > 0 else {
            return ExecutionPlan(trades: [], skipped: [], value: 0, expectedCost: 0)
        }
        var draft = Draft(self, portfolio, window, equity: equity)
        let known = signals.decisions.filter { portfolio.positions.indices.contains($0.instrument.index) }
        for decision in known where busy.contains(decision.instrument) {
            draft.skip(decision.instrument, "an order is in flight")
        }
        let decisions = known.filter { !busy.contains($0.instrument) }
        let closing = decisions.filter { Draft.closes($0, portfolio) }
        for decision in closing.sorted(by: { draft.held($0) > draft.held($1) }) { draft.close(decision) }
        let buying = decisions.filter { $0.signal.action == .buy && !Draft.closes($0, portfolio) }
        for decision in buying.sorted(by: Draft.isSurer) { draft.buy(decision, target[decision.instrument]?.target) }
        for decision in decisions where decision.signal.action != .buy && !Draft.closes(decision, portfolio) {
            draft.skip(decision.instrument, Draft.idleness(decision.signal.action))
        }
        return draft.plan
    }
}
