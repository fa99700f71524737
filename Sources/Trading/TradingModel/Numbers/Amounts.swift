/// What one unit of an instrument costs, in the account's currency.
public struct Price: FixedPoint {
    public let raw: Int64

    @inlinable
    public init(raw: Int64) {
        self.raw = raw
    }
}

/// How many units of an instrument; negative where a short position is meant.
public struct Quantity: FixedPoint {
    public let raw: Int64

    @inlinable
    public init(raw: Int64) {
        self.raw = raw
    }
}

/// An amount in the account's currency.
public struct Money: FixedPoint {
    public let raw: Int64

    @inlinable
    public init(raw: Int64) {
        self.raw = raw
    }
}
