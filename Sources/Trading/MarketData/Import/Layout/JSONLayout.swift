import TradingModel

/// Finds the array of rows in a JSON text and tells its layout.
struct JSONLayout {
    let file: String
    let path: String
    let options: ImportOptions

    /// The layout, the rows to read, and the ticker that the text names outside its rows.
    struct Found {
        var layout: TableLayout
        var rows: JSONRows
        var ticker: String?
    }

    func find(_ start: JSONScanner) throws(ImportError) -> Found {
        var scanner = start
        if scanner.skip(91) { return try found(scanner, key: nil, ticker: nil) }
        try scanner.expect(123, 0)
        var ticker: String?
        var array: (key: String, scanner: JSONScanner)?
        var seen: [String] = []
        while !scanner.skip(125) {
            if !seen.isEmpty { try scanner.expect(44, 0) }
            let key = try scanner.string(0).text
            try scanner.expect(58, 0)
            seen.append(key)
            if array == nil, scanner.peek() == 91 {
                var inside = scanner
                _ = inside.skip(91)
                array = (key, inside)
            }
            let value = try scanner.value(0)
            if ["ticker", "symbol"].contains(key) { ticker = value.text }
        }
        guard let array else {
            throw ImportError(.unknownLayout, "\(file) is JSON without an array of rows; it has: \(readable(seen))")
        }
        return try found(array.scanner, key: array.key, ticker: ticker)
    }

    private func readable(_ names: [String]) -> String {
        names.prefix(12).map { BadRow.readable($0) }.joined(separator: ", ")
    }

    private func found(_ scanner: JSONScanner, key: String?, ticker: String?) throws(ImportError) -> Found {
        var probe = scanner
        switch probe.peek() {
        case 93: throw ImportError(.empty, "\(file) has an array without rows")
        case 91: return try arrays(scanner, ticker)
        case 123: return try objects(scanner, key: key, ticker)
        default: throw ImportError(.unknownLayout, "\(file) is JSON, but its array holds no rows")
        }
    }

    private func arrays(_ scanner: JSONScanner, _ ticker: String?) throws(ImportError) -> Found {
        var rows = JSONRows(scanner, keys: [])
        let cells = CellBuffer()
        var sample: [[String]] = []
        while sample.count < 200, try rows.next(cells) { sample.append(cells.texts) }
        let layout: TableLayout
        if let columns = options.columns {
            layout = try HeaderLayout(names: columns, file: file).layout()
        } else {
            layout = try HeaderlessLayout(sample: sample, separator: 44, file: file, path: path).layout()
        }
        return Found(layout: layout, rows: JSONRows(scanner, keys: []), ticker: ticker)
    }

    private func objects(_ scanner: JSONScanner, key: String?, _ ticker: String?) throws(ImportError) -> Found {
        var probe = scanner
        var names: [String] = []
        _ = probe.skip(123)
        while !probe.skip(125) {
            if !names.isEmpty { try probe.expect(44, 1) }
            names.append(try probe.string(1).text)
            try probe.expect(58, 1)
            _ = try probe.value(1)
        }
        // An amount beside OHLC is the turnover; beside a price it is the size of a trade.
        var layout = try HeaderLayout(names: names, file: file).layout()
        switch (key, layout.dialect) {
        case ("candles", .plain): layout.dialect = .coinbaseCandles
        case ("ohlc", .plain): layout.dialect = .ta4jBars
        case ("prices", .plain): layout.dialect = .pricesJSON
        default: break
        }
        return Found(layout: layout, rows: JSONRows(scanner, keys: names), ticker: ticker)
    }
}
