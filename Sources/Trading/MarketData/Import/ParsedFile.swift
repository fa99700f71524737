public import TradingModel

/// What a series of bars is made of.
public enum BarKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Trades: the usual bars.
    case trades
    /// The middle between bid and ask.
    case quotes
}

/// One instrument's rows from one file.
public struct ParsedSeries: Sendable {
    /// The instrument.
    public let symbol: Symbol
    /// Shares or crypto.
    public let assetClass: AssetClass
    /// What the bars are made of.
    public let kind: BarKind
    /// How long a bar is.
    public let barLength: BarLength
    /// The bars, ascending by time.
    public let bars: BarColumns
    /// Dividends and splits found beside the bars, ascending by date.
    public let actions: [CorporateAction]
    /// What has been done to the prices already; nil where nobody said and nothing shows it.
    public let basis: PriceBasis?

    /// The same series with other bars on another basis.
    public func with(_ bars: BarColumns, basis: PriceBasis) -> ParsedSeries {
        ParsedSeries(
            symbol: symbol, assetClass: assetClass, kind: kind, barLength: barLength, bars: bars, actions: actions,
            basis: basis)
    }
}

/// One instrument's trades from one file, in the order of the file.
public struct ParsedTicks: Sendable {
    /// The instrument.
    public let symbol: Symbol
    /// Shares or crypto.
    public let assetClass: AssetClass
    /// The trades.
    public let trades: [TradeTick]
}

/// What was read from one file.
public struct ParsedFile: Sendable {
    /// How the file is written.
    public let dialect: ImportDialect
    /// The zone of its times: the name of a zone, `UTC`, or `dates only`.
    public let zone: String
    /// Rows with content, good and bad; a row of a panel counts once.
    public let rows: Int
    /// The bars of each instrument, in order of symbol; empty for trades that were not made into bars.
    public let series: [ParsedSeries]
    /// The trades, where the file holds trades.
    public let ticks: [ParsedTicks]
    /// Rows that are not in `series`, in order of line.
    public let badRows: [BadRow]
    /// What was inferred or noticed, one sentence each.
    public let notes: [String]
}
