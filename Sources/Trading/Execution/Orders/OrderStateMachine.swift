public import TradingModel

/// The life of one order as its broker's reports tell it.
public struct OrderStateMachine: Sendable, Hashable, Codable {
    /// Where an order stands.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Sent, no answer yet. Can transition to: working, filled (partly or fully), rejected, cancelled, expired,
        /// outcomeUnknown.
        case submitted
        /// The venue has it. Can transition to: partiallyFilled, filled, cancelled, expired, outcomeUnknown, rejected
        /// (some venues accept first and refuse at the auction).
        case working
        /// A part is traded, the rest stands. Can transition to: partiallyFilled, filled, cancelled, expired,
        /// outcomeUnknown.
        case partiallyFilled
        /// No answer came: the venue must be asked. Can transition to every state but submitted, and to rejected only
        /// where nothing was traded.
        case outcomeUnknown
        /// All of it is traded. Final.
        case filled
        /// It stands no more by request or rule. Final.
        case cancelled
        /// The venue did not take it. Final.
        case rejected
        /// Its time was over. Final.
        case expired

        /// True for states that no report can change.
        public var isFinal: Bool {
            switch self {
            case .filled, .cancelled, .rejected, .expired: true
            case .submitted, .working, .partiallyFilled, .outcomeUnknown: false
            }
        }
    }

    /// What a report did.
    public enum Effect: Sendable, Hashable {
        /// The state changed or stayed as it should.
        case applied
        /// The fill was booked before: a venue sent it twice.
        case duplicate
    }

    /// A report that cannot be true of this order.
    public struct Violation: Error, Hashable, CustomStringConvertible {
        /// The order.
        public let order: OrderID
        /// What is wrong, with the numbers.
        public let description: String
    }

    /// The order.
    public let order: Order
    /// Where it stands.
    public private(set) var state: State = .submitted
    /// Units traded so far.
    public private(set) var filled: Quantity = 0
    /// Fills booked so far; the next fill must carry the next number.
    public private(set) var fills: UInt32 = 0

    /// An order that has just been sent.
    public init(_ order: Order) {
        self.order = order
    }

    /// An exit that the broker has placed by itself: it stands from the beginning.
    public init(placed order: Order) {
        self.order = order
        state = .working
    }

    /// Applies what the broker says; throws, with nothing changed, where it cannot be true.
    public mutating func handle(_ outcome: OrderReport.Outcome) throws(Violation) -> Effect {
        switch outcome {
        case .filled(let fill, _): return try apply(fill)
        case .accepted, .triggered: try move(to: standing)
        case .exitPlaced: try requireNotRejected()
        case .rejected: try move(to: .rejected)
        case .cancelled: try move(to: .cancelled)
        case .expired: try move(to: .expired)
        case .unknown: try move(to: .outcomeUnknown)
        }
        return .applied
    }

    /// Units still to trade; nil for an order sized by money, whose units are known once it is filled.
    public var remaining: Quantity? {
        guard case .units(let quantity) = order.size else { return nil }
        return try? quantity - filled
    }

    /// Where it stands as soon as the venue is known to have it.
    private var standing: State { fills > 0 ? .partiallyFilled : .working }

    private mutating func apply(_ fill: Fill) throws(Violation) -> Effect {
        if fill.ordinal <= fills { return .duplicate }
        guard fill.ordinal == fills + 1 else { throw violation("fill \(fill.ordinal) came after fill \(fills)") }
        guard !state.isFinal else { throw violation("a fill came when it was \(state.rawValue)") }
        guard fill.quantity > 0, fill.side == order.side, fill.instrument == order.instrument, fill.order == order.id
        else { throw violation("a fill of \(fill.quantity) does not fit the order") }
        try requireRoom(for: fill)
        guard let total = try? filled + fill.quantity else { throw violation("the filled quantity does not fit") }
        filled = total
        fills += 1
        state = fill.leaves.raw == 0 ? .filled : .partiallyFilled
        return .applied
    }

    /// A venue may end an order early, with nothing left standing, but never have more stand than remains.
    private func requireRoom(for fill: Fill) throws(Violation) {
        guard fill.leaves >= 0 else { throw violation("\(fill.leaves) cannot be left standing") }
        guard let remaining else { return }
        guard fill.quantity <= remaining else {
            throw violation("a fill of \(fill.quantity) exceeds the \(remaining) that remain")
        }
        guard fill.leaves.raw <= remaining.raw - fill.quantity.raw else {
            throw violation("\(fill.leaves) cannot be left of \(remaining) after a fill of \(fill.quantity)")
        }
    }

    private mutating func move(to next: State) throws(Violation) {
        guard allows(next) else { throw violation("it cannot become \(next.rawValue) when it is \(state.rawValue)") }
        state = next
    }

    private func allows(_ next: State) -> Bool {
        if fills > 0, next == .rejected { return false }
        return next == state ? !state.isFinal : OrderStateMachine.allows(state, next)
    }

    /// Exits may be reported after the entry that placed them is over, but only where it was taken.
    private func requireNotRejected() throws(Violation) {
        if state == .rejected { throw violation("an exit came when it was rejected") }
    }

    private func violation(_ text: String) -> Violation {
        Violation(order: order.id, description: "order \(order.id): \(text)")
    }

    /// Whether a report may move an order from one state to another one.
    public static func allows(_ from: State, _ to: State) -> Bool {
        switch (from, to) {
        case (.filled, _), (.cancelled, _), (.rejected, _), (.expired, _), (_, .submitted): false
        case (.partiallyFilled, .working), (.partiallyFilled, .rejected): false
        default: true
        }
    }
}
