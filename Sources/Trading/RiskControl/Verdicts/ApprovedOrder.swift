public import TradingModel

/// An order that passed the gate; only a `RiskPolicy` makes one, and nothing else may be sent.
///
/// It can be written for the record, never read back.
public struct ApprovedOrder: Sendable, Hashable, Encodable {
    /// What to send.
    public let order: Order
    /// The cash set aside for it until it is filled or failed.
    public let reserved: Money

    init(_ order: Order, reserved: Money) {
        self.order = order
        self.reserved = reserved
    }
}
