import Accounting
import Analysis
public import Determinism
public import RiskControl
import TradingEngine
import TradingModel

/// The risk gate and the account as they were at one moment: judges proposed orders without changing the run.
public struct DeskGate: Sendable {
    /// The moment.
    public let time: Timestamp
    private let universe: Universe
    private let portfolio: Portfolio
    private let risk: RiskPolicy

    init(_ state: DeskState) {
        let engine = state.loop.engine
        (time, universe) = (engine.now, state.window.universe)
        (portfolio, risk) = (engine.portfolio, engine.risk)
    }

    /// What the gate would say of a ticket; nil where the run does not trade the symbol.
    public func trial(_ ticket: OrderTicket, by asker: String?) throws -> RiskTrial? {
        guard let intent = try intent(ticket, by: asker) else { return nil }
        return try risk.trial(intent, portfolio: portfolio, at: time)
    }

    /// The intent of a ticket at this moment; nil where the run does not trade the symbol.
    ///
    /// A share is of equity now. A purchase is then sized in money; a sale in units at the last price, none where no
    /// price is known, which the gate refuses.
    func intent(_ ticket: OrderTicket, by asker: String?) throws -> Intent? {
        guard let id = universe.id(of: ticket.symbol) else { return nil }
        let origin = asker.map { "\(ticket.reason) (asked by \($0))" } ?? ticket.reason
        return Intent(
            instrument: id, side: ticket.side, size: try size(ticket, id),
            kind: ticket.limit.map(OrderKind.limit) ?? .market, origin: origin)
    }

    private func size(_ ticket: OrderTicket, _ id: InstrumentID) throws -> OrderSize {
        if let quantity = ticket.quantity { return .units(quantity) }
        let wanted = try portfolio.equity.double * (ticket.share ?? 0)
        guard let amount = Money(nearest: wanted), amount > 0 else { return .units(0) }
        if ticket.side == .buy { return .notional(amount) }
        guard let last = portfolio[id].lastPrice, last > 0 else { return .units(0) }
        return .units(try amount.quantity(at: last).roundedDown(toMultipleOf: universe[id].lot))
    }
}

extension DeskState {
    /// The gate as it is now.
    var gate: DeskGate { DeskGate(self) }
}
