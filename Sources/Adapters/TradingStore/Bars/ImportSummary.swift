public import Determinism
public import MarketData
public import TradingModel

/// What became of one series of a file.
public struct SeriesReport: Sendable {
    /// Which bars.
    public let key: BarKey
    /// Shares or crypto.
    public let assetClass: AssetClass
    /// Bars in the file.
    public let bars: Int
    /// When the first of them began.
    public let first: Timestamp
    /// When the last of them ended.
    public let last: Timestamp
    /// Stretches without bars, as far as anybody knows when there should be bars.
    public let gaps: [BarGap]?
    /// Dividends and splits in the file.
    public let actions: Int
    /// What has been done to the prices.
    public let basis: PriceBasis?
    /// What merging did; all zeros where the file failed.
    public var merged = MergeReport()
}

/// What became of one file.
public struct FileReport: Sendable {
    /// The file.
    public let path: String
    /// How it is written; nil where that could not be told.
    public var dialect: ImportDialect?
    /// The zone of its times.
    public var zone: String?
    /// Rows, good and bad.
    public var rows = 0
    /// What it holds.
    public var series: [SeriesReport] = []
    /// Trades in it, where it holds trades.
    public var trades = 0
    /// Rows that were not imported.
    public var badRows: [BadRow] = []
    /// Where the bad rows were listed; nil where there was nothing to list.
    public var quarantine: String?
    /// What was inferred or noticed.
    public var notes: [String] = []
    /// Why nothing was imported; nil where the file is in the store.
    public var failure: String?
    /// What would let the file in; nil where nothing is known to.
    public var remedy: Remedy?

    /// What the caller can do about a file that failed.
    public enum Remedy: Sendable, Hashable {
        /// Say what the file does not show.
        case say
        /// Let new bars take the place of stored ones.
        case replace
    }

    init(path: String) {
        self.path = path
    }
}

/// What became of all files.
public struct ImportSummary: Sendable {
    /// One report a file, in the order of reading.
    public let files: [FileReport]

    /// Files that are not in the store.
    public var failed: [FileReport] { files.filter { $0.failure != nil } }
    /// Rows in all files.
    public var rows: Int { files.reduce(0) { $0 + $1.rows } }
    /// Rows that were not imported because they cannot be true.
    public var badRows: Int { files.reduce(0) { $0 + $1.badRows.count } }
    /// Bars that are new in the store.
    public var added: Int { merged(\.added) }
    /// Bars that were stored already.
    public var identical: Int { merged(\.identical) }
    /// Bars that took the place of others.
    public var replaced: Int { merged(\.replaced) }

    private func merged(_ count: KeyPath<MergeReport, Int>) -> Int {
        files.reduce(0) { $0 + $1.series.reduce(0) { $0 + $1.merged[keyPath: count] } }
    }
}
