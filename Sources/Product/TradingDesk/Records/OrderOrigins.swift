public import Determinism
import RiskControl
public import TradingModel

/// At which moments orders were decided, so that all that becomes of an order has one trace.
///
/// Learned from what a desk tells; an order that came up before is not known. The newest decisions are remembered, a
/// bounded number of them.
public struct OrderOrigins: Sendable {
    private static let most = 20_000

    /// An order's exits carry the step of its decision as well.
    private var moments: [UInt64: Timestamp] = [:]
    private var steps: [UInt64] = []

    /// None yet.
    public init() {}

    /// The moment at which an order, or the entry that it is an exit of, was decided; nil where it is not known.
    public subscript(_ order: OrderID) -> Timestamp? { moments[order.step] }

    /// Learns from an event.
    public mutating func note(_ event: DeskEvent) {
        guard case .verdict(.approved(let approved, _), let time) = event else { return }
        let step = approved.order.id.step
        guard moments.updateValue(time, forKey: step) == nil else { return }
        steps.append(step)
        guard steps.count > 2 * OrderOrigins.most else { return }
        for old in steps.prefix(OrderOrigins.most) { moments[old] = nil }
        steps.removeFirst(OrderOrigins.most)
    }
}
