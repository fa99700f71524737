public import Determinism
public import RiskControl
public import TradingModel

/// Where approved orders go: the simulated exchange, or a venue behind an adapter.
///
/// A broker is a value that is told what happens and answers with reports, in the order in which things happened. It
/// reports every order's whole life: accepted or rejected, fills, then one of filled, cancelled, expired. A report's
/// time is the time of what the broker was told when it made it, so that times never go back.
public protocol Broker: Sendable {
    /// Takes an order; whatever can be said of it at once is appended to `reports`.
    ///
    /// An order that stands already is left alone and reported nothing, so that sending twice buys once.
    mutating func submit(_ order: ApprovedOrder, at time: Timestamp, reports: inout [OrderReport])

    /// Asks for an order to be cancelled; an order that stands no more is left alone and reported nothing.
    mutating func cancel(_ id: OrderID, at time: Timestamp, reports: inout [OrderReport])

    /// Learns what the market did; what it did to standing orders is appended to `reports`.
    ///
    /// Throws where an amount does not fit its type; the broker must not be used again then.
    mutating func observe(_ event: MarketEvent, reports: inout [OrderReport]) throws(Overflow)

    /// True where holding positions has cost something that was not taken yet.
    var hasCharges: Bool { get }

    /// What holding positions has cost since this was last asked, in order.
    mutating func takeCharges() -> [Charge]
}

extension Broker {
    /// Holding costs nothing.
    @inlinable public var hasCharges: Bool { false }

    /// Nothing.
    public mutating func takeCharges() -> [Charge] { [] }
}
