public import Determinism
public import MarketData
public import TradingModel

/// What stands in front of stored bars: what they are and where they came from.
public struct BarFileInfo: Sendable, Hashable, Codable {
    /// The instrument.
    public var instrument: Instrument
    /// What the bars are made of.
    public var kind: BarKind
    /// How long a bar is.
    public var length: BarLength
    /// What has been done to the prices; nil where nobody knows.
    public var basis: PriceBasis?
    /// Every import that changed the file, oldest first.
    public var imports: [ImportRecord]
}

/// One import that changed a file of bars.
public struct ImportRecord: Sendable, Hashable, Codable {
    /// The source file's name.
    public var file: String
    /// How it was written.
    public var dialect: ImportDialect
    /// The zone its times were read in.
    public var zone: String
    /// When it was imported, as the caller said.
    public var importedAt: Timestamp
    /// Bars that were new.
    public var added: Int
    /// Bars that took the place of others.
    public var replaced: Int
    /// What was done to the prices during the import; nil where nothing.
    public var adjustedTo: PriceBasis?
}

/// Which bars: one file of the store.
public struct BarKey: Sendable, Hashable, Comparable {
    /// The instrument.
    public let symbol: Symbol
    /// How long a bar is.
    public let length: BarLength
    /// What the bars are made of.
    public let kind: BarKind

    /// Bars of trades unless said otherwise.
    public init(_ symbol: Symbol, _ length: BarLength, _ kind: BarKind = .trades) {
        self.symbol = symbol
        self.length = length
        self.kind = kind
    }

    public static func < (left: BarKey, right: BarKey) -> Bool {
        (left.symbol, left.length, left.kind.rawValue) < (right.symbol, right.length, right.kind.rawValue)
    }

    /// `AAPL 1d`, or `BTCUSDT 1m quotes`.
    public var name: String { "\(symbol) \(length)" + (kind == .trades ? "" : " \(kind.rawValue)") }
}

/// One entry of the store's list.
public struct BarListing: Sendable {
    /// Which bars.
    public let key: BarKey
    /// What is known of them.
    public let info: BarFileInfo
    /// How many there are.
    public let count: Int
    /// When the first began; nil where there are none.
    public let first: Timestamp?
    /// When the last ended.
    public let last: Timestamp?
}

/// What merging new bars into stored ones did.
public struct MergeReport: Sendable, Hashable {
    /// Bars that were new.
    public var added = 0
    /// Bars that were stored already, the same in every number.
    public var identical = 0
    /// Bars that took the place of others.
    public var replaced = 0
}
