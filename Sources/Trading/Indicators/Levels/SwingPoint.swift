/// A high or low from which prices turned: a resistance or a support.
public struct SwingPoint: Sendable, Hashable, Codable {
    /// Which turn it was.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Prices rose to it and fell.
        case high
        /// Prices fell to it and rose.
        case low
    }

    /// Which candle of the series it is.
    public let index: Int
    /// Which turn it was.
    public let kind: Kind
    /// The price of the turn.
    public let price: Double

    /// A turn as found.
    public init(index: Int, kind: Kind, price: Double) {
        self.index = index
        self.kind = kind
        self.price = price
    }
}
