/// What a column holds.
enum ColumnRole: String, CaseIterable {
    case time, clock, end, open, high, low, close, volume, dividend, split, ticker, price, amount, side, ignored
}

/// Recognises columns by the names that exporters give them.
enum ColumnNames {
    /// Lower case, letters and digits alone: `Adj. Close` is `adjclose`.
    static func normalised(_ name: String) -> String {
        String(
            name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) }.map(
                Character.init))
    }

    /// Names of times, the most exact first: the first that a header has is the time.
    static let times = [
        "start", "starttime", "timestampns", "timestampus", "timestampms", "timemilliseconds", "opentime", "opentimems",
        "unix", "unixtime", "unixtimestamp", "epoch", "timestamp", "datetime", "datetimeutc", "gmttime", "localtime",
        "time", "date", "day", "session", "t", "endtime", "id",
    ]

    static let roles: [String: ColumnRole] = [
        "open": .open, "o": .open, "openprice": .open, "high": .high, "h": .high, "highprice": .high, "low": .low,
        "l": .low, "lowprice": .low, "close": .close, "c": .close, "closeprice": .close, "volume": .volume,
        "vol": .volume, "v": .volume, "dividend": .dividend, "dividends": .dividend, "exdividend": .dividend,
        "divcash": .dividend, "split": .split, "splits": .split, "splitratio": .split, "stocksplits": .split,
        "splitfactor": .split, "ticker": .ticker, "symbol": .ticker, "tic": .ticker, "price": .price,
        "amount": .amount, "qty": .amount, "quantity": .amount, "size": .amount, "side": .side, "type": .side,
    ]
}
