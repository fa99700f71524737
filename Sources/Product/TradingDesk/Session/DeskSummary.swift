public import Accounting
public import Determinism
import RiskControl
import TradingEngine
public import TradingModel

/// What a run came to: the last line of its output and its last record.
public struct DeskSummary: Encodable, Sendable {
    /// Always `summary`.
    public let type = "summary"
    /// True where prices were made up.
    public let simulated: Bool
    /// The time of the last event; nil where there was none.
    public let until: Timestamp?
    /// What was counted.
    public let counts: DeskCounts
    /// How many instruments the run trades.
    public let instruments: Int
    /// Cash at the end.
    public let cash: Money
    /// Cash and positions at the last prices.
    public let equity: Money
    /// Profit of everything sold, fees apart.
    public let realisedProfit: Money
    /// What the held positions have gained, fees apart.
    public let unrealisedProfit: Money
    /// Every fee paid.
    public let fees: Money
    /// What the risk gate lets through at the end.
    public let state: String
    /// What is held at the end, by symbol.
    public let positions: [Holding]
    /// The measures of the run.
    public let figures: PerformanceFigures
    /// The seed's targets beside what was reached.
    public let targets: [Targets.Line]
    /// The hash of the run's last record; nil inside that record.
    public let auditHead: String?

    /// One position at the end.
    public struct Holding: Encodable, Sendable {
        /// What is held.
        public let symbol: Symbol
        /// Units, negative for a short position.
        public let quantity: Quantity
        /// What a unit cost on average.
        public let averagePrice: Price?
        /// The last price.
        public let lastPrice: Price?
        /// The units at the last price.
        public let marketValue: Money
        /// What they have gained, fees apart.
        public let unrealisedProfit: Money

        init(_ symbol: Symbol, _ position: Position) throws(Overflow) {
            self.symbol = symbol
            (quantity, marketValue) = (position.quantity, position.marketValue)
            (averagePrice, lastPrice) = (position.averagePrice, position.lastPrice)
            unrealisedProfit = try position.unrealisedProfit
        }
    }

    init(plan: DeskPlan, state: DeskState, head: String?) throws {
        let portfolio = state.loop.engine.portfolio
        simulated = plan.isSimulated
        until = state.curve.last?.time
        counts = state.counts
        instruments = plan.universe.count
        cash = portfolio.cash
        equity = try portfolio.equity
        realisedProfit = try portfolio.realisedProfit
        unrealisedProfit = try portfolio.unrealisedProfit
        fees = portfolio.fees
        self.state = DeskSummary.text(state.loop.engine.risk.state)
        positions = try portfolio.held.map { id in try Holding(plan.universe.symbol(id), portfolio[id]) }
        figures = try PerformanceFigures(plan, state)
        targets = Targets().compared(with: figures)
        auditHead = head
    }

    static func text(_ state: TradingState) -> String {
        switch state {
        case .active: "active"
        case .reduceOnly(let reason): "reduce-only: \(reason)"
        case .halted(let reason): "halted: \(reason)"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case type, simulated, until, instruments, cash, equity, fees, state, positions, figures, targets
        case bars, recommendations, orders, fills, refusals, runs
        case realisedProfit = "realised_profit"
        case unrealisedProfit = "unrealised_profit"
        case auditHead = "audit_head"
    }

    /// Writes amounts as JSON numbers and counts at the top level.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
        try container.encode(simulated, forKey: .simulated)
        try container.encodeIfPresent(until, forKey: .until)
        try container.encode(instruments, forKey: .instruments)
        try encodeCounts(into: &container)
        let amounts: [(Money, CodingKeys)] = [
            (cash, .cash), (equity, .equity), (realisedProfit, .realisedProfit),
            (unrealisedProfit, .unrealisedProfit), (fees, .fees),
        ]
        for (amount, key) in amounts { try container.encode(amount.double, forKey: key) }
        try container.encode(state, forKey: .state)
        try container.encode(positions, forKey: .positions)
        try container.encode(FigureLine(figures: figures), forKey: .figures)
        try container.encode(targets, forKey: .targets)
        try container.encodeIfPresent(auditHead, forKey: .auditHead)
    }

    private func encodeCounts(into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(counts.bars, forKey: .bars)
        try container.encode(counts.recommendations, forKey: .recommendations)
        try container.encode(counts.orders, forKey: .orders)
        try container.encode(counts.fills, forKey: .fills)
        try container.encode(counts.refusals, forKey: .refusals)
        try container.encode(counts.runs, forKey: .runs)
    }
}
