import Determinism
import TradingModel

/// One pass over one file.
struct FileReading {
    let path: String
    let options: ImportOptions
    let context: ImportContext

    private var file: String { path.split(separator: "/").last.map(String.init) ?? path }

    func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(ImportError) -> ParsedFile {
        try ContentCheck.check(bytes, file)
        guard let base = bytes.baseAddress else { throw ImportError(.empty, "\(file) is empty") }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = UnsafeBufferPointer(rebasing: bytes[start...])
        let first = text.first { $0 > 32 }
        if first == 123 || first == 91 { return try readJSON(text, base + start) }
        return try readText(text, base + start)
    }

    private func readText(_ bytes: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>) throws(ImportError)
        -> ParsedFile
    {
        let separator = TextLayout.separator(bytes)
        let sample = try sample(TextRows(bytes, base: base, separator: separator))
        let layout = try TextLayout(file: file, path: path, options: options).layout(sample, separator: separator)
        let rows = zip(sample.rows, sample.lines).filter { $0.1 > layout.skippedLines }.map(\.0)
        let lines = max(1, bytes.prefix(1 << 16).count { $0 == 10 })
        let expected = bytes.count / max(8, min(bytes.count, 1 << 16) / lines) + 1
        return try readRows(
            TextRows(bytes, base: base, separator: separator), layout, rows, ticker: nil, expected: expected)
    }

    private func readJSON(_ bytes: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>) throws(ImportError)
        -> ParsedFile
    {
        let scanner = JSONScanner(bytes, base: base, file: file)
        let found = try JSONLayout(file: file, path: path, options: options).find(scanner)
        let sample = try sample(found.rows)
        return try readRows(found.rows, found.layout, sample.rows, ticker: found.ticker, expected: bytes.count / 100)
    }

    /// The first rows, enough to see how dates are written.
    private func sample(_ source: some RowSource) throws(ImportError) -> Sample {
        var source = source
        let cells = CellBuffer()
        var sample = Sample(rows: [], lines: [])
        while sample.rows.count < 400, try source.next(cells) {
            sample.rows.append(cells.texts)
            sample.lines.append(source.line)
        }
        return sample
    }

    private func readRows(
        _ source: some RowSource, _ layout: TableLayout, _ sample: [[String]], ticker: String?, expected: Int
    ) throws(ImportError) -> ParsedFile {
        var layout = layout
        let format = try timeFormat(&layout, sample, source)
        if layout.isTrades { return try readTrades(source, layout, format) }
        if layout.dialect == .panel { return try readPanel(source, layout, format) }
        var source = source
        let symbol = options.symbol ?? ticker.flatMap(Symbol.init) ?? SymbolInference.symbol(path: path)
        var reader = BarRowReader(layout, format: format, limits: limits(symbol, layout), expectedRows: expected)
        try reader.read(&source)
        var notes = layout.notes
        if reader.rounded > 0 { notes.append("\(reader.rounded) rows have prices rounded to eight decimals") }
        return try finish(
            layout, format, reader.series, bad: reader.bad, rows: reader.rows, notes: notes,
            symbol: options.symbol ?? ticker.flatMap(Symbol.init))
    }

    private func limits(_ symbol: Symbol?, _ layout: TableLayout) -> BarRowReader.Limits {
        let inferred = SymbolInference.assetClass(symbol, path: path, dialect: layout.dialect).0
        return BarRowReader.Limits(volume: (options.assetClass ?? inferred) == .crypto ? 1e18 : 1e12)
    }

    private func timeFormat(
        _ layout: inout TableLayout, _ sample: [[String]], _ source: some RowSource
    ) throws(ImportError) -> TimeFormat {
        if layout.dialect == .leanTrade || layout.dialect == .leanQuote, let name = LeanName(path) {
            return .sinceMidnight(name.date)
        }
        let column = layout.columns[.time] ?? 0
        let texts = sample.compactMap { $0.indices.contains(column) ? $0[column] : nil }
        guard let format = TimeFormat.detect(texts) else {
            let example = BadRow.readable(texts.first ?? "")
            throw ImportError(
                .unknownLayout, "'\(example)' in the column \(layout.name(column) ?? "1") of \(file) is no time")
        }
        guard case .slashed(_, let hasTime) = format else { return format }
        if let said = options.dayOrder { return .slashed(said, hasTime: hasTime) }
        let inference = DayOrderInference(try slashedTimes(source, column))
        guard let order = inference.order else {
            let example = BadRow.readable(texts.first { $0.contains("/") } ?? "")
            throw ImportError(
                .unsaid, "dates such as '\(example)' in \(file) can be read with the day or the month first: say which")
        }
        if let note = inference.note { layout.notes.append(note) }
        return .slashed(order, hasTime: hasTime)
    }

    /// The time cells of all rows that have a slash.
    private func slashedTimes(_ source: some RowSource, _ column: Int) throws(ImportError) -> [String] {
        var source = source
        let cells = CellBuffer()
        var texts: [String] = []
        while try source.next(cells) {
            guard cells.count > column else { continue }
            let text = cells[column].text
            if text.contains("/"), text != texts.last { texts.append(text) }
        }
        return texts
    }

    private func readPanel(_ source: some RowSource, _ layout: TableLayout, _ format: TimeFormat) throws(ImportError)
        -> ParsedFile
    {
        var source = source
        var reader = PanelReader(layout, format: format)
        try reader.read(&source)
        var notes = layout.notes
        if reader.empty > 0 { notes.append("\(reader.empty) cells are empty: no bars there") }
        if reader.rounded > 0 { notes.append("\(reader.rounded) prices rounded to eight decimals") }
        return try finish(
            layout, format, reader.series, bad: reader.bad, rows: reader.rows, notes: notes, symbol: nil)
    }

    private func finish(
        _ layout: TableLayout, _ format: TimeFormat, _ raw: [RawRows], bad: [BadRow], rows: Int, notes: [String],
        symbol: Symbol?
    ) throws(ImportError) -> ParsedFile {
        guard rows > 0 else { throw ImportError(.empty, "\(file) has a header and no rows") }
        var builder = SeriesBuilder(layout, format, path: path, options: options, context: context)
        var notes = notes
        var series: [ParsedSeries] = []
        for rows in raw where rows.count > 0 {
            let name = try self.symbol(rows, among: raw.count, said: symbol, &notes)
            if let built = try builder.build(rows, name) { series.append(built) }
        }
        return ParsedFile(
            dialect: layout.dialect, zone: builder.zone, rows: rows, series: series.sorted { $0.symbol < $1.symbol },
            ticks: [], badRows: sorted(bad + builder.bad), notes: unique(notes + builder.notes))
    }

    private func symbol(
        _ rows: RawRows, among count: Int, said: Symbol?, _ notes: inout [String]
    ) throws(ImportError) -> Symbol {
        if count > 1, options.symbol != nil {
            throw ImportError(.contradiction, "\(file) holds \(count) symbols: leave the symbol out")
        }
        if let symbol = said ?? rows.symbol { return symbol }
        guard let symbol = SymbolInference.symbol(path: path) else {
            throw ImportError(.unsaid, "the name of \(file) does not show which symbol it holds: say the symbol")
        }
        let source = LeanName(path) == nil ? "file" : "folder"
        notes.append("symbol \(symbol), told from the \(source)'s name")
        return symbol
    }

    private func readTrades(_ source: some RowSource, _ layout: TableLayout, _ format: TimeFormat) throws(ImportError)
        -> ParsedFile
    {
        var source = source
        var reader = TradeReader(layout, format: format)
        try reader.read(&source)
        guard reader.rows > 0 else { throw ImportError(.empty, "\(file) has a header and no rows") }
        var notes = layout.notes
        let symbol = try symbol(RawRows(), among: 1, said: options.symbol, &notes)
        var builder = SeriesBuilder(layout, format, path: path, options: options, context: context)
        let assetClass = builder.assetClass(symbol)
        if reader.rounded > 0 { notes.append("\(reader.rounded) trades rounded to eight decimals") }
        let bars = options.barLength.map { TradeBars.bars(reader.trades, length: $0) }
        var series: [ParsedSeries] = []
        if let bars, let length = options.barLength, bars.count > 0 {
            notes.append("\(reader.trades.count) trades made into \(bars.count) bars of \(length)")
            series = [
                ParsedSeries(
                    symbol: symbol, assetClass: assetClass, kind: .trades, barLength: length, bars: bars, actions: [],
                    basis: nil)
            ]
        }
        let ticks = ParsedTicks(symbol: symbol, assetClass: assetClass, trades: reader.trades)
        return ParsedFile(
            dialect: .trades, zone: "UTC", rows: reader.rows, series: series, ticks: [ticks], badRows: reader.bad,
            notes: unique(notes + builder.notes))
    }

    private func sorted(_ rows: [BadRow]) -> [BadRow] {
        rows.sorted { ($0.line, $0.column ?? "") < ($1.line, $1.column ?? "") }
    }

    private func unique(_ notes: [String]) -> [String] {
        var seen: Set<String> = []
        return notes.filter { seen.insert($0).inserted }
    }
}
