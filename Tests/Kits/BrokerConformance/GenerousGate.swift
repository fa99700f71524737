public import Accounting
public import Determinism
public import RiskControl
public import TradingModel

/// An account whose gate lets nearly everything pass: the way for tests to come by approved orders.
///
/// It follows the reports, so that it knows what is held and can approve exits.
public struct GenerousGate: Sendable {
    /// What the reported fills come to.
    public private(set) var portfolio: Portfolio
    private var policy: RiskPolicy

    /// An account with a billion, which may sell what it does not hold; every instrument stands at 100.
    public init(_ universe: Universe) throws {
        var limits = RiskLimits.unlimited
        limits.allowShort = true
        policy = RiskPolicy(limits: limits, universe: universe)
        portfolio = Portfolio(cash: 1_000_000_000, instruments: universe.count)
        for id in universe.ids { try portfolio.mark(id, at: 100) }
    }

    /// What the gate says of an intent: all orders are of step 1, numbered on.
    public mutating func judge(_ intent: Intent, at time: Timestamp) throws -> Verdict {
        try policy.judge(intent, portfolio: portfolio, at: time, step: 1, desk: 7)
    }

    /// The approved order; nil where even this gate refuses.
    public mutating func approve(_ intent: Intent, at time: Timestamp) throws -> ApprovedOrder? {
        guard case .approved(let order, _) = try judge(intent, at: time) else { return nil }
        return order
    }

    /// What the reported fills of an instrument come to.
    public func held(_ id: InstrumentID) -> Quantity { portfolio[id].quantity }

    /// Follows a report.
    public mutating func follow(_ report: OrderReport) throws {
        if case .filled(let fill, _) = report.outcome { try portfolio.apply(fill) }
        try policy.orderReported(report)
    }
}
