public import Determinism

/// What holding a position cost, or brought in, apart from trading it.
public struct Charge: Sendable, Hashable, Codable {
    /// What it is for.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Shares sold short were borrowed; `periods` counts calendar days.
        case borrow
        /// A perpetual position was funded; `periods` counts funding times.
        case funding
    }

    /// What is held.
    public let instrument: InstrumentID
    /// What it is for.
    public let kind: Kind
    /// What is taken from the account; negative where the account receives it.
    public let amount: Money
    /// What the position was worth, negative for a short one.
    public let value: Money
    /// The rate: a year's for borrowing, a funding time's for funding.
    public let rate: Rate
    /// Calendar days, or funding times.
    public let periods: Int
    /// When it was charged.
    public let time: Timestamp

    /// A charge as reported.
    public init(
        instrument: InstrumentID, kind: Kind, amount: Money, value: Money, rate: Rate, periods: Int, time: Timestamp
    ) {
        self.instrument = instrument
        self.kind = kind
        self.amount = amount
        self.value = value
        self.rate = rate
        self.periods = periods
        self.time = time
    }
}
