/// A way in which some program writes market data.
public enum ImportDialect: String, Sendable, Hashable, Codable, CaseIterable {
    /// `Date,Open,High,Low,Close,Adj Close,Volume`: adjusted for splits, the adjusted close for dividends too.
    case yahoo
    /// Quandl WIKI: prices as traded, with ex-dividend and split columns; one or several tickers.
    case quandlWiki
    /// Daily bars with dividend and split columns, which may or may not be applied already.
    case csvdir
    /// Minute bars of trades without header, milliseconds since midnight, the day in the file's name.
    case leanTrade
    /// Minute bars of bid and ask without header; read as the middle of both.
    case leanQuote
    /// Exchange klines of twelve columns, CSV or a JSON array of arrays.
    case binanceKlines
    /// Unix seconds, volume, open, high, low, close without header.
    case goCryptoTrader
    /// JSON `candles[]` with start, low, high, open, close and volume.
    case coinbaseCandles
    /// JSON `ohlc[]` with inclusive end times.
    case ta4jBars
    /// `yyyyMMdd HHmmss;open;high;low;close;volume` with bar end times in UTC.
    case ninjaTrader
    /// JSON `prices[]` with ticker, prices and ISO times.
    case pricesJSON
    /// A date and one column of closes for each symbol.
    case panel
    /// Single trades: time, price, amount and perhaps a side.
    case trades
    /// Columns named in a header, in any order, or JSON objects with such keys.
    case plain
    /// What `BarStore` exports: start, end, open, high, low, close, volume.
    case bellwether
}
