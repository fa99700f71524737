public import Accounting
public import Determinism
public import Execution
public import RiskControl
public import Strategies
import TradingModel

/// The one path from an event to approved orders, the same in backtest, paper and live trading.
///
/// Pure and synchronous: the same events give the same steps. It is a value, and coding it is a checkpoint.
public struct Engine<S: Strategy>: Sendable, Codable {
    /// The desk's tag, part of every order id.
    public let desk: UInt32
    /// Events handled so far.
    public private(set) var sequence: UInt64 = 0
    /// The time of the last event.
    ///
    /// Before the first it is a moment in 1696, before all data, which can be written to a checkpoint.
    public private(set) var now = Timestamp(CivilDate(daysSinceEpoch: -100_000))
    /// What turns bars into intents.
    public internal(set) var strategy: S
    /// Cash and positions.
    public internal(set) var portfolio: Portfolio
    /// The gate that intents must pass.
    public internal(set) var risk: RiskPolicy
    /// The orders that stand at the broker.
    public private(set) var orders = OrderRegister()
    private var intents: [Intent] = []

    /// An engine at its beginning.
    public init(desk: UInt32, strategy: S, portfolio: Portfolio, risk: RiskPolicy) {
        self.desk = desk
        self.strategy = strategy
        self.portfolio = portfolio
        self.risk = risk
    }

    /// Handles one event; throws, and must not be used again, where the data are corrupt.
    public mutating func handle(_ event: EngineEvent) throws(EngineError) -> EngineStep {
        var step = EngineStep(sequence: sequence, event: event)
        try handle(event, into: &step)
        return step
    }

    /// Handles one event and writes what followed into `step`, whose memory is used again: allocates nothing where
    /// nothing follows.
    public mutating func handle(_ event: EngineEvent, into step: inout EngineStep) throws(EngineError) {
        try advance(to: event.time)
        step.restart(sequence: sequence, event: event)
        if case .report(let report) = event { step.isUnmatched = try !settle(report) }
        do throws(Overflow) {
            switch event {
            case .market(let market): try handle(market, &step)
            case .report(let report): if !step.isUnmatched { try book(report, &step) }
            case .proposal(let proposal): try judge(proposal.intents, &step)
            case .control(let command, _): try obey(command, &step)
            }
        } catch {
            throw .overflow(error)
        }
    }

    private mutating func advance(to time: Timestamp) throws(EngineError) {
        guard time >= now else { throw .timeWentBackwards(from: now, to: time) }
        now = time
        sequence += 1
    }
}

// MARK: - The market

extension Engine {
    private mutating func handle(_ event: MarketEvent, _ step: inout EngineStep) throws(Overflow) {
        switch event {
        case .bar(let id, let bar): try handleBar(id, bar, &step)
        case .dayStarted(let date, let time): try startDay(date, time, &step)
        case .quote(let id, let quote): try handleQuote(id, quote, &step)
        case .trade(let id, let trade):
            risk.observe(id, trade)
            if trade.price > 0 { try handlePrice(id, trade.price, &step) }
        case .dayEnded: break
        }
    }

    private mutating func handleBar(_ id: InstrumentID, _ bar: Bar, _ step: inout EngineStep) throws(Overflow) {
        risk.observe(id, bar)
        try mark(id, at: bar.close, &step)
        strategy.decide(id, bar, portfolio: portfolio, intents: &intents)
        if !portfolio[id].isFlat { watch(id, at: bar.close) }
        if !intents.isEmpty { try judgeOwnIntents(&step) }
    }

    /// A position is worth what it could be closed at: the bid, or the ask for a short one. A quote with a side missing
    /// or crossed says nothing.
    private mutating func handleQuote(_ id: InstrumentID, _ quote: Quote, _ step: inout EngineStep) throws(Overflow) {
        risk.observe(id, quote)
        guard quote.bid > 0, quote.ask >= quote.bid else { return }
        try handlePrice(id, portfolio[id].quantity < 0 ? quote.ask : quote.bid, &step)
    }

    private mutating func handlePrice(_ id: InstrumentID, _ price: Price, _ step: inout EngineStep) throws(Overflow) {
        try mark(id, at: price, &step)
        if !portfolio[id].isFlat { watch(id, at: price) }
        if !intents.isEmpty { try judgeOwnIntents(&step) }
    }

    private mutating func startDay(
        _ date: CivilDate, _ time: Timestamp, _ step: inout EngineStep
    ) throws(Overflow) {
        let before = risk.state
        risk.dayStarted(date, equity: try portfolio.equity, at: time)
        if case .halted(let reason) = risk.state, risk.state != before { try halt(for: reason, &step) }
    }

    private mutating func judgeOwnIntents(_ step: inout EngineStep) throws(Overflow) {
        let wanted = intents
        intents.removeAll(keepingCapacity: true)
        try judge(wanted, &step)
    }

    private mutating func mark(_ id: InstrumentID, at price: Price, _ step: inout EngineStep) throws(Overflow) {
        try portfolio.mark(id, at: price)
        try checkLoss(&step)
    }

    private mutating func checkLoss(_ step: inout EngineStep) throws(Overflow) {
        guard let reason = risk.equityChanged(try portfolio.equity, at: now) else { return }
        try halt(for: reason, &step)
    }

    /// A position that lost its protective stop is closed by the engine itself once the stop's price is reached.
    private mutating func watch(_ id: InstrumentID, at price: Price) {
        guard let distance = risk.limits.stopLoss, let average = portfolio[id].averagePrice else { return }
        let isLong = portfolio[id].quantity > 0
        let loss = (isLong ? 1 : -1) * (average.double - price.double) / average.double
        guard loss >= distance, !orders.protects(id) else { return }
        intents.append(
            Intent(
                instrument: id, side: isLong ? .sell : .buy, size: .units(portfolio[id].quantity.magnitude),
                reduceOnly: true, origin: "stop loss watch"))
    }

    /// Entries that have not been filled are taken back; exits stay, and are joined by market exits where a loss is to
    /// close everything.
    private mutating func halt(for reason: HaltReason, _ step: inout EngineStep) throws(Overflow) {
        step.halt = reason
        step.cancels += risk.entriesInFlight
        guard risk.limits.flattensOnLoss, reason.isLoss else { return }
        try judge(risk.exits(portfolio, origin: "halted for loss"), &step)
    }
}

extension HaltReason {
    fileprivate var isLoss: Bool {
        switch self {
        case .dailyLoss, .drawdown: true
        case .volatility, .manual: false
        }
    }
}

// MARK: - Decisions

extension Engine {
    private mutating func judge(_ intents: [Intent], _ step: inout EngineStep) throws(Overflow) {
        let verdicts = try risk.judge(intents, portfolio: portfolio, at: now, step: sequence, desk: desk)
        for verdict in verdicts {
            guard case .approved(let approved, _) = verdict else { continue }
            orders.insert(approved.order)
            step.orders.append(approved)
        }
        step.verdicts += verdicts
    }

    /// Moves the order on; false where no such order stands or the fill was booked before.
    private mutating func settle(_ report: OrderReport) throws(EngineError) -> Bool {
        do {
            return try orders.handle(report) == .applied
        } catch {
            throw .impossibleReport(error)
        }
    }

    /// The gate hears of a report before losses are counted, so that a halt takes back only what still stands.
    private mutating func book(_ report: OrderReport, _ step: inout EngineStep) throws(Overflow) {
        try risk.orderReported(report)
        guard case .filled(let fill, _) = report.outcome else { return }
        if fill.leaves.raw == 0 { try risk.orderEnded(fill.order, at: report.time) }
        try portfolio.apply(fill)
        try checkLoss(&step)
    }

    private mutating func obey(_ command: ControlCommand, _ step: inout EngineStep) throws(Overflow) {
        let exits = try risk.apply(command, portfolio: portfolio)
        if risk.state != .active { step.cancels += risk.entriesInFlight }
        if !exits.isEmpty { try judge(exits, &step) }
    }
}
