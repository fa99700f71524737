/// The name an instrument is known by, such as `AAPL` or `BTC/USDT`.
public struct Symbol: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The name as people write it.
    public let name: String

    /// A symbol; nil where the name is empty, longer than 40 bytes, or holds anything but `A-Z a-z 0-9 . - _ / : ^ =`.
    public init?(_ name: String) {
        let isWellFormed = name.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: ".-_/:^=".utf8.contains(byte)
            }
        }
        guard isWellFormed, (1...40).contains(name.utf8.count) else { return nil }
        self.name = name
    }

    public static func < (left: Symbol, right: Symbol) -> Bool {
        left.name < right.name
    }

    public var description: String { name }

    /// Reads the name.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let symbol = Symbol(name) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(name)' is no symbol")
        }
        self = symbol
    }

    /// Writes the name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// What kind of thing is traded; it decides the calendar and the lot.
public enum AssetClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// Shares and funds: traded in sessions, in whole units.
    case equity
    /// Crypto pairs: traded round the clock, in hundred-millionths.
    case crypto
}

/// Something that can be traded.
public struct Instrument: Sendable, Hashable, Codable {
    /// The name people know it by.
    public let symbol: Symbol
    /// Shares or crypto.
    public let assetClass: AssetClass
    /// The smallest step of its price.
    public let priceIncrement: Price
    /// The smallest step of a quantity: one share, or a fraction of a coin.
    public let lot: Quantity
    /// The industry it belongs to, where known.
    public let sector: String?

    /// An instrument; increments default to a cent and one share for equities, to eight decimals for crypto.
    public init(
        _ symbol: Symbol, _ assetClass: AssetClass, priceIncrement: Price? = nil, lot: Quantity? = nil,
        sector: String? = nil
    ) {
        self.symbol = symbol
        self.assetClass = assetClass
        self.priceIncrement = priceIncrement ?? (assetClass == .equity ? Price(raw: 1_000_000) : Price(raw: 1))
        self.lot = lot ?? (assetClass == .equity ? 1 : Quantity(raw: 1))
        self.sector = sector
    }
}
