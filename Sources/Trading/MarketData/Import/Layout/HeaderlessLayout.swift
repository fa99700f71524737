import Determinism

/// Tells the layout of a table without a header from its file's name, its times and its numbers.
struct HeaderlessLayout {
    let sample: [[String]]
    let separator: UInt8
    let file: String
    let path: String

    func layout() throws(ImportError) -> TableLayout {
        guard let first = sample.first else { throw ImportError(.empty, "\(file) has no rows") }
        if let lean = try lean(first) { return lean }
        guard let time = TimeFormat.form(of: first[0]) else {
            throw ImportError(
                .unknownLayout, "\(file) has no header, and '\(BadRow.readable(first[0]))' in its first row is no time")
        }
        switch (first.count, time) {
        case (12, .unix): return table(.binanceKlines, [.time, .open, .high, .low, .close, .volume])
        case (6, .compactDateTime) where separator == 59:
            var layout = table(.ninjaTrader, [.time, .open, .high, .low, .close, .volume])
            layout.mark = .end
            return layout
        case (3...4, .unix): return table(.trades, [.time, .price, .amount] + (first.count == 4 ? [.side] : []))
        case (5...7, _): return try fitting(first.count)
        default:
            throw ImportError(
                .unknownLayout, "\(file) has no header and \(first.count) columns: name them from left to right")
        }
    }

    private func table(_ dialect: ImportDialect, _ roles: [ColumnRole]) -> TableLayout {
        var layout = TableLayout(dialect: dialect, names: roles.map(\.rawValue))
        for (index, role) in roles.enumerated() where role != .ignored { layout.columns[role] = index }
        return layout
    }

    /// Lean names its files `20221213_trade.zip` and counts milliseconds from that day's midnight.
    private func lean(_ first: [String]) throws(ImportError) -> TableLayout? {
        guard LeanName(path) != nil, let time = Int(first[0]), (0..<86_400_000).contains(time) else { return nil }
        if path.lowercased().contains("/equity/") {
            throw ImportError(
                .unknownLayout,
                "\(file) has Lean equity prices in ten-thousandths, which are not read; convert it first")
        }
        switch first.count {
        case 6: return table(.leanTrade, [.time, .open, .high, .low, .close, .volume])
        case 11: return leanQuote
        default: return nil
        }
    }

    private var leanQuote: TableLayout {
        var layout = table(.leanQuote, [.time])
        layout.names = [
            "time", "bid open", "bid high", "bid low", "bid close", "bid size", "ask open", "ask high", "ask low",
            "ask close", "ask size",
        ]
        for (index, role) in [ColumnRole.open, .high, .low, .close].enumerated() { layout.columns[role] = index + 1 }
        layout.notes.append("bars of the middle between bid and ask; there is no volume: it is kept as zero")
        return layout
    }

    private static let orders: [(dialect: ImportDialect, roles: [ColumnRole])] = [
        (.plain, [.time, .open, .high, .low, .close]),
        (.plain, [.time, .open, .high, .low, .close, .volume]),
        (.goCryptoTrader, [.time, .volume, .open, .high, .low, .close]),
        (.plain, [.time, .low, .high, .open, .close, .volume]),
        (.plain, [.time, .open, .high, .low, .close, .ignored, .volume]),
        (.plain, [.time, .open, .high, .low, .close, .volume, .ignored]),
    ]

    /// The order of columns in which highs and lows bound the other prices most often, if it is clearly that one.
    private func fitting(_ count: Int) throws(ImportError) -> TableLayout {
        let candidates = HeaderlessLayout.orders.filter { $0.roles.count == count }
        let rows = sample.filter { $0.count == count }.map { $0.map { Double($0) ?? .nan } }
        let fits = candidates.map { candidate in rows.count { HeaderlessLayout.bounds($0, candidate.roles) } }
        let best = fits.indices.max { fits[$0] < fits[$1] } ?? 0
        let second = fits.indices.filter { $0 != best }.map { fits[$0] }.max() ?? 0
        guard fits.indices.contains(best), fits[best] * 5 >= rows.count * 2, fits[best] * 2 >= second * 3 else {
            throw ImportError(
                .unknownLayout,
                "\(file) has no header and its numbers do not show which column is which: name them from left to right")
        }
        var layout = table(candidates[best].dialect, candidates[best].roles)
        let order = candidates[best].roles.map(\.rawValue).joined(separator: ", ")
        layout.notes.append(
            "no header: columns taken as \(order), which \(fits[best]) of \(rows.count) rows looked at fit")
        return layout
    }

    private static func bounds(_ row: [Double], _ roles: [ColumnRole]) -> Bool {
        func value(_ role: ColumnRole) -> Double { roles.firstIndex(of: role).map { row[$0] } ?? .nan }
        let (open, high, low, close) = (value(.open), value(.high), value(.low), value(.close))
        return high >= max(open, close) && low <= min(open, close) && low > 0
    }
}

/// The day in a name such as `20221213_trade.zip`, and the folder's name, which is the symbol.
struct LeanName {
    let date: CivilDate
    let symbol: String

    init?(_ path: String) {
        let parts = path.split(separator: "/")
        guard let name = parts.last, name.utf8.count > 9 else { return nil }
        let digits = name.prefix(8)
        guard name.dropFirst(8).hasPrefix("_trade") || name.dropFirst(8).hasPrefix("_quote"),
            let year = Int(digits.prefix(4)), let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.suffix(2)), let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        self.date = date
        symbol = parts.count > 1 ? parts[parts.count - 2].uppercased() : ""
    }
}
