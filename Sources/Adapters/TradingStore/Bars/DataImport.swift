public import Determinism
import Foundation
public import MarketData
public import TradingModel

/// Imports files of market data into the store: finds them, reads them, merges them, and says what became of each.
public struct DataImport: Sendable {
    private let store: BarStore
    private let context: ImportContext
    private let expected: @Sendable (Symbol, AssetClass) -> SessionBounds?

    /// An import into a store; `sessions` gives the trading hours of shares, and nil for what trades round the clock.
    ///
    /// `expected` gives those in which a missing bar is a gap, where these are not all of `sessions`.
    public init(
        into store: BarStore, sessions: @escaping @Sendable (Symbol, AssetClass) -> SessionBounds? = { _, _ in nil },
        expected: (@Sendable (Symbol, AssetClass) -> SessionBounds?)? = nil
    ) {
        self.store = store
        self.expected = expected ?? sessions
        context = ImportContext(zone: ZoneTable.zone, sessions: sessions)
    }

    /// Imports files, and folders with all below them, in order; a file that fails does not stop the others.
    ///
    /// `progress` is called before each file and at the end, `onReport` with what became of each file. A folder without
    /// data counts as a file that failed.
    public func run(
        _ paths: [String], _ plan: ImportPlan, importedAt: Timestamp, progress: (ImportProgress) -> Void = { _ in },
        onReport: (FileReport) -> Void = { _ in }
    ) -> ImportSummary {
        let files = paths.flatMap { path in
            let found = FileCollector.files([path])
            return found.isEmpty ? [path] : found
        }
        var reports: [FileReport] = []
        for (index, file) in files.enumerated() {
            progress(ImportProgress(done: index, total: files.count, file: file))
            let report = importFile(file, plan, importedAt)
            reports.append(report)
            onReport(report)
        }
        progress(ImportProgress(done: files.count, total: files.count, file: nil))
        return ImportSummary(files: reports)
    }

    private func importFile(_ path: String, _ plan: ImportPlan, _ now: Timestamp) -> FileReport {
        var report = FileReport(path: path)
        do {
            try FileCollector.checkIsNoFolder(path)
            let packed = try PackedFile.read(path, limit: plan.sizeLimit)
            let parsed = try MarketDataReader(plan.options, context).read(packed.bytes, path: path)
            note(parsed, in: &report)
            try keep(parsed, plan, now, &report)
        } catch let error as ImportError {
            report.failure = error.description
            report.remedy = error.code == .unsaid ? .say : nil
        } catch let error as BarStoreError {
            report.failure = error.description
            report.remedy = error.code == .differing ? .replace : nil
        } catch let error as any CustomStringConvertible & Error {
            report.failure = error.description
        } catch {
            report.failure = error.localizedDescription
        }
        return report
    }

    private func note(_ parsed: ParsedFile, in report: inout FileReport) {
        report.dialect = parsed.dialect
        report.zone = parsed.zone
        report.rows = parsed.rows
        report.badRows = parsed.badRows
        report.notes = parsed.notes
        report.trades = parsed.ticks.reduce(0) { $0 + $1.trades.count }
    }

    private func keep(_ parsed: ParsedFile, _ plan: ImportPlan, _ now: Timestamp, _ report: inout FileReport) throws {
        if !parsed.badRows.isEmpty {
            guard plan.badRows == .quarantine else {
                report.series = parsed.series.map { seriesReport($0) }
                throw BarStoreError(.conflict, DataImport.refusal(parsed))
            }
            report.quarantine = try quarantine(parsed.badRows, report.path)
        }
        if parsed.series.isEmpty, !parsed.ticks.isEmpty {
            return try keepTrades(parsed, &report)
        }
        guard !parsed.series.isEmpty else {
            throw ImportError(.empty, "no row of \(report.path) can be used")
        }
        let all = try parsed.series.map { ($0, record(parsed, report.path, now)) }.map { pair in
            try adjusted(pair.0, pair.1, plan.adjustTo)
        }
        try noteUnadjusted(all.map(\.series), plan, &report)
        report.series = all.map { seriesReport($0.series) }
        let merged = try store.merge(all, replace: plan.replace)
        for index in merged.indices { report.series[index].merged = merged[index] }
    }

    private func keepTrades(_ parsed: ParsedFile, _ report: inout FileReport) throws {
        for ticks in parsed.ticks {
            let added = try store.mergeTrades(ticks)
            report.notes.append(added > 0 ? "\(added) trades kept as trades" : "all trades are stored already")
        }
    }

    private static func refusal(_ parsed: ParsedFile) -> String {
        let shown = parsed.badRows.prefix(3).map(\.description).joined(separator: "; ")
        let more = parsed.badRows.count > 3 ? "; and \(parsed.badRows.count - 3) more" : ""
        let count = "\(parsed.badRows.count) of \(parsed.rows) rows \(parsed.badRows.count == 1 ? "is" : "are") bad"
        return "\(count), nothing was imported: \(shown)\(more)"
    }

    private func record(_ parsed: ParsedFile, _ path: String, _ now: Timestamp) -> ImportRecord {
        ImportRecord(
            file: URL(fileURLWithPath: path).lastPathComponent, dialect: parsed.dialect, zone: parsed.zone,
            importedAt: now, added: 0, replaced: 0, adjustedTo: nil)
    }

    private func adjusted(
        _ series: ParsedSeries, _ record: ImportRecord, _ target: PriceBasis?
    ) throws -> (series: ParsedSeries, record: ImportRecord) {
        guard let target else { return (series, record) }
        let actions = Set(series.actions).union(try store.actions(series.symbol)).sorted()
        let bars = try BarStore.adjusted(series.bars, actions, series.basis, target, name: series.symbol.name)
        var record = record
        record.adjustedTo = target
        return (series.with(bars, basis: target), record)
    }

    /// Without a split or dividend to go by, adjusted prices are the prices as they were.
    private func noteUnadjusted(_ all: [ParsedSeries], _ plan: ImportPlan, _ report: inout FileReport) throws {
        guard plan.adjustTo != nil else { return }
        for series in all where series.actions.isEmpty {
            guard try store.actions(series.symbol).isEmpty else { continue }
            report.notes.append("no splits or dividends of \(series.symbol) are known: its prices stayed as they were")
        }
    }

    private func seriesReport(_ series: ParsedSeries) -> SeriesReport {
        let expected = ExpectedBars(series.assetClass, self.expected(series.symbol, series.assetClass))
        let bars = BarSeries(series.bars)
        return SeriesReport(
            key: BarKey(series.symbol, series.barLength, series.kind), assetClass: series.assetClass, bars: bars.count,
            first: series.bars[0].start, last: series.bars[bars.count - 1].end,
            gaps: bars.gaps(series.barLength, expected), actions: series.actions.count, basis: series.basis)
    }

    // MARK: - Quarantine

    /// Lists bad rows in `<home>/quarantine`, one a line: line, column, reason, text.
    private func quarantine(_ rows: [BadRow], _ path: String) throws -> String {
        let folder = store.home + "/quarantine"
        try AtomicFile.makeFolder(folder)
        let name = path.split(separator: "/").suffix(3).joined(separator: "_")
        let target = "\(folder)/\(name).bad.tsv"
        var text = "line\tcolumn\treason\ttext\n"
        for row in rows { text += "\(row.line)\t\(row.column ?? "")\t\(row.reason.rawValue)\t\(row.text)\n" }
        try AtomicFile.write(Array(text.utf8), to: target)
        return target
    }
}
