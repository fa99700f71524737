import Accounting
import Determinism
import RiskControl
import Synchronization
import TradingEngine
import TradingModel
import WorkflowModel

@testable import DeskCommands
@testable import TradingDesk

/// A desk and its record in memory, with a desk's way of taking requests.
final class SampleDesk: DeskSource, DecisionArchive {
    private struct State {
        var records: [ArchivedRecord] = []
        var asked: [(key: String, receipt: DeskReceipt, request: DeskRequest)] = []
        /// How many records were handed out.
        var read = 0
    }

    let market: SampleMarket?
    /// Whether a process is there to obey.
    let isHeard: Bool
    private let state: Mutex<State>

    init(_ market: SampleMarket?, isHeard: Bool = true) {
        self.market = market
        self.isHeard = isHeard
        state = Mutex(State(records: market?.records ?? []))
    }

    // MARK: - DeskSource

    func picture() throws -> DeskPicture? {
        guard let market else { return nil }
        let (plan, state) = (market.plan, market.state)
        let engine = state.loop.engine
        let account = DeskPicture.Account(
            cash: engine.portfolio.cash, equity: try state.equity, initialCash: plan.capital,
            realisedProfit: try engine.portfolio.realisedProfit, unrealisedProfit: nil, fees: engine.portfolio.fees,
            dayStart: engine.risk.dayStartEquity, grossExposure: nil, netExposure: nil, drawdown: 0.01,
            deepestDrawdown: 0.02)
        return DeskPicture(
            run: "sample", plan: plan, limits: plan.limits, activity: isHeard ? .running : .stopped,
            time: engine.now, moments: state.moments, counts: state.counts, trading: engine.risk.state,
            account: account, positions: try positions(market), openOrders: openOrders(market),
            quotes: quotes(market), signals: market.advice.reversed(),
            equity: state.curve.samples.map { DeskPicture.EquityPoint(time: $0.time, equity: $0.equity) },
            figures: market.figures,
            targets: Targets().compared(with: market.figures), gate: DeskGate(state))
    }

    private func positions(_ market: SampleMarket) throws -> [DeskPicture.Holding] {
        let portfolio = market.state.loop.engine.portfolio
        return try portfolio.held.map { id in
            let position = portfolio[id]
            return DeskPicture.Holding(
                symbol: market.plan.universe.symbol(id), quantity: position.quantity,
                averagePrice: position.averagePrice, lastPrice: position.lastPrice,
                marketValue: position.marketValue, unrealisedProfit: try position.unrealisedProfit, stop: nil,
                target: nil)
        }
    }

    private func openOrders(_ market: SampleMarket) -> [DeskPicture.OpenOrderLine] {
        market.state.loop.engine.risk.ordersInFlight.map {
            DeskPicture.OpenOrderLine(order: $0, symbol: market.plan.universe.symbol($0.instrument))
        }
    }

    private func quotes(_ market: SampleMarket) -> [DeskPicture.Quote] {
        market.bars.sorted { $0.key < $1.key }.compactMap { symbol, bars in
            bars.last.map { DeskPicture.Quote(symbol: symbol, bar: $0, previousClose: bars.dropLast().last?.close) }
        }
    }

    func bars(of symbol: Symbol, limit: Int) throws -> [Bar]? { market?.bars[symbol].map { $0.suffix(limit) } }

    func ask(_ request: DeskRequest, by person: String, key: String) throws -> DeskReceipt {
        state.withLock { state in
            if let known = state.asked.first(where: { $0.key == key }) { return known.receipt }
            let receipt = DeskReceipt(
                id: Int64(state.asked.count + 1), kind: request.kind, reason: "for a test",
                time: Timestamp(nanoseconds: 1), who: person, record: nil, isHeard: isHeard)
            state.asked.append((key, receipt, request))
            return receipt
        }
    }

    func pending() throws -> [DeskReceipt] { state.withLock { $0.asked.map(\.receipt).filter { $0.record == nil } } }

    var process: Int32? { isHeard ? 4711 : nil }
    var started: Timestamp? { isHeard ? Timestamp(nanoseconds: 1_000_000_000) : nil }
    let speed: Double? = nil

    /// What was asked, in order.
    var asked: [DeskRequest] { state.withLock { $0.asked.map(\.request) } }

    /// Obeys a request: a control record and the decision that answers it.
    func obey(_ key: String, verdict: Value) {
        state.withLock { state in
            guard let place = state.asked.firstIndex(where: { $0.key == key }) else { return }
            let old = state.asked[place].receipt
            let time = state.records.last?.time ?? Timestamp(nanoseconds: 0)
            let (subject, first) = ("request-\(old.id)", Int64(state.records.count + 1))
            let control: Value = ["by": .text(old.who), "order": [:], "request": .text(subject)]
            let decision: Value = ["trigger": "control", "run": .text(subject), "verdicts": .list([verdict])]
            for (offset, body) in [("control", control), ("decision", decision)].enumerated() {
                state.records.append(
                    ArchivedRecord(
                        sequence: first + Int64(offset), kind: body.0, time: time, subjects: [subject], body: body.1,
                        hash: "h\(first + Int64(offset))"))
            }
            state.asked[place].receipt = DeskReceipt(
                id: old.id, kind: old.kind, reason: old.reason, time: old.time, who: old.who, record: first,
                isHeard: old.isHeard)
        }
    }

    // MARK: - DecisionArchive

    func records(_ query: RecordQuery) throws -> [ArchivedRecord] {
        state.withLock { state in
            let fits = state.records.filter { record in
                (query.kinds.isEmpty || query.kinds.contains(record.kind))
                    && (query.subject.map(record.subjects.contains) ?? true)
            }
            let from = query.from
            let found =
                query.isAscending
                ? fits.filter { $0.sequence >= from ?? 1 } : fits.filter { $0.sequence <= from ?? .max }.reversed()
            state.read += min(found.count, query.limit)
            return Array(found.prefix(query.limit))
        }
    }

    func record(_ sequence: Int64) throws -> ArchivedRecord? {
        state.withLock { state in state.records.first { $0.sequence == sequence } }
    }

    func head() throws -> (sequence: Int64, hash: String)? {
        state.withLock { $0.records.last.map { ($0.sequence, $0.hash) } }
    }

    func fault() throws -> String? { nil }

    var kept: [ArchivedRecord] { state.withLock { $0.records } }
    var read: Int { state.withLock { $0.read } }

    /// Appends a record as a desk would that goes on.
    func append(_ kind: String, _ body: Value, subjects: [String] = []) {
        state.withLock { state in
            let sequence = Int64(state.records.count + 1)
            state.records.append(
                ArchivedRecord(
                    sequence: sequence, kind: kind, time: Timestamp(nanoseconds: .max - 1), subjects: subjects,
                    body: body, hash: "h\(sequence)"))
        }
    }
}
