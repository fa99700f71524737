public import Accounting
public import Determinism
public import Execution
public import RiskControl
public import Strategies
public import TradingModel

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
        var step = EngineStep.blank
        try handle(event, into: &step)
        return step
    }

    /// Handles one event and writes what followed into `step`, whose memory is used again.
    public mutating func handle(_ event: EngineEvent, into step: inout EngineStep) throws(EngineError) {
        switch event {
        case .market(let market): try handle(market, into: &step)
        case .report(let report): try handle(report, into: &step)
        case .charge(let charge):
            try advance(to: charge.time)
            step.restart(sequence: sequence, rare: event)
            try checked { engine throws(Overflow) in try engine.pay(charge, &step) }
        case .proposal(let proposal):
            try advance(to: proposal.time)
            step.restart(sequence: sequence, rare: event)
            step.add(cancels: standing(proposal.cancels))
            try checked { engine throws(Overflow) in try engine.judge(proposal.intents, &step) }
        case .control(let command, let time):
            try advance(to: time)
            step.restart(sequence: sequence, rare: event)
            try checked { engine throws(Overflow) in try engine.obey(command, &step) }
        }
    }

    /// Handles an event of the market as `handle(.market(event))` does; allocates nothing where nothing follows.
    @inline(__always)
    public mutating func handle(_ event: MarketEvent, into step: inout EngineStep) throws(EngineError) {
        try advance(to: event.time)
        step.restart(sequence: sequence, event: event)
        do throws(Overflow) {
            switch event {
            case .bar(let id, let bar): try handleBar(id, bar, &step)
            default: try handleRest(event, &step)
            }
        } catch {
            throw .overflow(error)
        }
    }

    /// Handles a report as `handle(.report(report))` does, without setting memory aside for it.
    public mutating func handle(_ report: OrderReport, into step: inout EngineStep) throws(EngineError) {
        try advance(to: report.time)
        step.restart(sequence: sequence, report: report)
        try handleReport(of: &step)
    }

    /// Handles the last of the reports, and takes it out.
    mutating func handleLast(of reports: inout [OrderReport], into step: inout EngineStep) throws(EngineError) {
        try advance(to: reports[reports.count - 1].time)
        step.restart(sequence: sequence, lastReportOf: &reports)
        try handleReport(of: &step)
    }

    private mutating func handleReport(of step: inout EngineStep) throws(EngineError) {
        guard try settle(step.report) else { return step.markUnmatched() }
        do throws(Overflow) { try book(&step) } catch { throw .overflow(error) }
    }

    private mutating func checked(_ body: (inout Engine) throws(Overflow) -> Void) throws(EngineError) {
        do throws(Overflow) { try body(&self) } catch { throw .overflow(error) }
    }

    @inline(__always)
    private mutating func advance(to time: Timestamp) throws(EngineError) {
        if time < now { throw .timeWentBackwards(from: now, to: time) }
        now = time
        sequence += 1
    }
}

extension EngineStep {
    /// A step before any event.
    static var blank: EngineStep {
        EngineStep(
            sequence: 0, event: .dayEnded(CivilDate(daysSinceEpoch: 0), at: Timestamp(nanoseconds: 0)))
    }
}

// MARK: - The market

extension Engine {
    /// Everything but bars.
    @inline(never)
    private mutating func handleRest(_ event: MarketEvent, _ step: inout EngineStep) throws(Overflow) {
        switch event {
        case .bar: break
        case .dayStarted(let date, let time): try startDay(date, time, &step)
        case .quote(let id, let quote): try handleQuote(id, quote, &step)
        case .trade(let id, let trade):
            risk.observe(id, trade)
            if trade.price > 0 { try handlePrice(id, trade.price, &step) }
        case .dayEnded: break
        }
    }

    @inline(__always)
    private mutating func handleBar(_ id: InstrumentID, _ bar: Bar, _ step: inout EngineStep) throws(Overflow) {
        risk.observe(id, bar)
        try mark(id, at: bar.close, &step)
        strategy.decide(id, bar, portfolio: portfolio, intents: &intents)
        watch(id)
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
        watch(id)
        if !intents.isEmpty { try judgeOwnIntents(&step) }
    }

    private mutating func startDay(
        _ date: CivilDate, _ time: Timestamp, _ step: inout EngineStep
    ) throws(Overflow) {
        let before = risk.state
        risk.dayStarted(date, equity: try portfolio.equity, at: time)
        if case .halted(let reason) = risk.state, risk.state != before { try halt(for: reason, &step) }
    }

    /// The intents' memory is kept for the next ones.
    private mutating func judgeOwnIntents(_ step: inout EngineStep) throws(Overflow) {
        var wanted: [Intent] = []
        swap(&wanted, &intents)
        try judge(wanted, &step)
        while !wanted.isEmpty { wanted.removeLast() }
        swap(&wanted, &intents)
    }

    @inline(__always)
    private mutating func mark(_ id: InstrumentID, at price: Price, _ step: inout EngineStep) throws(Overflow) {
        try portfolio.mark(id, at: price)
        try checkLoss(&step)
    }

    @inline(__always)
    private mutating func checkLoss(_ step: inout EngineStep) throws(Overflow) {
        guard let reason = risk.equityChanged(try portfolio.equity, at: now) else { return }
        try halt(for: reason, &step)
    }

    /// A position that lost its protective stop is closed by the engine itself once the stop's price is reached.
    @inline(__always)
    private mutating func watch(_ id: InstrumentID) {
        guard let distance = risk.limits.stopLoss, !portfolio[id].isFlat else { return }
        watch(id, distance)
    }

    @inline(never)
    private mutating func watch(_ id: InstrumentID, _ distance: Double) {
        guard isLost(portfolio[id], distance), !orders.protects(id) else { return }
        let isLong = portfolio[id].quantity > 0
        intents.append(
            Intent(
                instrument: id, side: isLong ? .sell : .buy, size: .units(portfolio[id].quantity.magnitude),
                reduceOnly: true, origin: "stop loss watch"))
    }

    /// True where a position is worth less than its cost by a fraction of it; both are negative for a short one.
    private func isLost(_ position: Position, _ distance: Double) -> Bool {
        let (cost, value) = (Double(position.cost.raw), Double(position.marketValue.raw))
        return value < cost && (cost - value) / cost.magnitude >= distance
    }

    /// Entries that have not been filled are taken back; exits stay, and are joined by market exits where a loss is to
    /// close everything.
    @inline(never)
    private mutating func halt(for reason: HaltReason, _ step: inout EngineStep) throws(Overflow) {
        step.stop(for: reason)
        step.add(cancels: risk.entriesInFlight)
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
        let sent = step.orders.count
        try step.judge(intents, by: &risk, portfolio, at: now, desk: desk)
        for index in sent..<step.orders.count { orders.insert(step.orders[index].order) }
    }

    /// The orders among these that still stand.
    private func standing(_ ids: [OrderID]) -> [OrderID] {
        guard !ids.isEmpty else { return [] }
        let standing = Set(risk.ordersInFlight.map(\.id))
        return ids.filter(standing.contains)
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
    private mutating func book(_ step: inout EngineStep) throws(Overflow) {
        try risk.orderReported(step.report)
        guard case .filled(let fill, _) = step.report.outcome else { return }
        if fill.leaves.raw == 0 { try risk.orderEnded(fill.order, at: step.report.time) }
        step.lockIn(try portfolio.apply(fill))
        try checkLoss(&step)
    }

    private mutating func pay(_ charge: Charge, _ step: inout EngineStep) throws(Overflow) {
        try portfolio.apply(charge)
        try checkLoss(&step)
    }

    private mutating func obey(_ command: ControlCommand, _ step: inout EngineStep) throws(Overflow) {
        let exits = try risk.apply(command, portfolio: portfolio)
        if risk.state != .active { step.add(cancels: risk.entriesInFlight) }
        if !exits.isEmpty { try judge(exits, &step) }
    }
}
