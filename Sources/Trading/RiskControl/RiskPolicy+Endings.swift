public import Determinism
public import TradingModel

extension RiskPolicy {
    /// Forgets an order that is done at the broker and releases what is still reserved for it; nothing where it is not
    /// in flight.
    ///
    /// An order can be done before all of it is filled, as one sized by money that turned out cheaper.
    public mutating func orderEnded(_ id: OrderID, at time: Timestamp) throws(Overflow) {
        guard open.orders.contains(where: { $0.order.id == id }) else { return }
        try orderReported(OrderReport(order: id, outcome: .cancelled(reason: "it is done"), time: time))
    }
}
