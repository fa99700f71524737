import Accounting
import Analysis
import RiskControl
import TradingEngine
import TradingModel

extension DeskState {
    /// The intent of a ticket at this moment; nil where the run does not trade the symbol.
    ///
    /// A share is of equity now. A purchase is then sized in money; a sale in units at the last price, none where no
    /// price is known, which the gate refuses.
    func intent(_ ticket: OrderTicket, by asker: String?) throws -> Intent? {
        guard let id = window.universe.id(of: ticket.symbol) else { return nil }
        let origin = asker.map { "\(ticket.reason) (asked by \($0))" } ?? ticket.reason
        return Intent(
            instrument: id, side: ticket.side, size: try size(ticket, id),
            kind: ticket.limit.map(OrderKind.limit) ?? .market, origin: origin)
    }

    private func size(_ ticket: OrderTicket, _ id: InstrumentID) throws -> OrderSize {
        if let quantity = ticket.quantity { return .units(quantity) }
        let wanted = try equity.double * (ticket.share ?? 0)
        guard let amount = Money(nearest: wanted), amount > 0 else { return .units(0) }
        if ticket.side == .buy { return .notional(amount) }
        guard let last = loop.engine.portfolio[id].lastPrice, last > 0 else { return .units(0) }
        return .units(try amount.quantity(at: last).roundedDown(toMultipleOf: window.universe[id].lot))
    }
}
