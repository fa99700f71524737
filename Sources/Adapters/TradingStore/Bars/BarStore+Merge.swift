import Foundation
public import MarketData
import TradingModel

extension BarStore {
    /// Merges one file's series into the store: all of them, or none where one of them cannot be merged.
    ///
    /// Bars that are stored already are skipped; bars that differ from stored ones are an error unless `replace`.
    public func merge(_ all: [(series: ParsedSeries, record: ImportRecord)], replace: Bool) throws -> [MergeReport] {
        try FolderLock.hold(folder) {
            let merges = try all.map { try merged($0.series, $0.record, replace: replace) }
            for merge in merges { try write(merge) }
            return merges.map(\.report)
        }
    }

    /// What will be written for one series.
    private struct Merge {
        let key: BarKey
        let info: BarFileInfo
        let bars: BarColumns
        let actions: [CorporateAction]
        let actionsChanged: Bool
        let report: MergeReport
    }

    private func merged(_ series: ParsedSeries, _ record: ImportRecord, replace: Bool) throws -> Merge {
        let key = BarKey(series.symbol, series.barLength, series.kind)
        let known = try actions(series.symbol)
        let actions = Set(known).union(series.actions).sorted()
        try checkAgree(actions, key)
        let stored = try loadIfPresent(key)
        var info = stored?.info ?? newInfo(series)
        if let stored { try checkSame(stored.info, series, hasNewActions: actions.count > known.count, key) }
        let (bars, report) = try BarMerge.merge(stored?.series, series.bars, replace: replace, name: key.name)
        info.basis = info.basis == series.basis ? series.basis : nil
        var record = record
        record.added = report.added
        record.replaced = report.replaced
        info.imports.append(record)
        return Merge(
            key: key, info: info, bars: bars, actions: actions, actionsChanged: actions != known, report: report)
    }

    /// Two sources of one split or dividend must give one value, else it would be applied twice.
    private func checkAgree(_ actions: [CorporateAction], _ key: BarKey) throws {
        for (left, right) in zip(actions, actions.dropFirst()) where left.date == right.date && left.kind == right.kind
        {
            throw BarStoreError(
                .conflict,
                "\(key.symbol) has two values for the \(left.kind.rawValue) of \(left.date): \(left.value) and "
                    + "\(right.value); files on different bases cannot be mixed")
        }
    }

    private func newInfo(_ series: ParsedSeries) -> BarFileInfo {
        BarFileInfo(
            instrument: Instrument(series.symbol, series.assetClass), kind: series.kind, length: series.barLength,
            basis: series.basis, imports: [])
    }

    private func checkSame(_ info: BarFileInfo, _ series: ParsedSeries, hasNewActions: Bool, _ key: BarKey) throws {
        guard info.instrument.assetClass == series.assetClass else {
            let (old, new) = (info.instrument.assetClass.rawValue, series.assetClass.rawValue)
            throw BarStoreError(.conflict, "\(key.name) is stored as \(old), the file is \(new): say the asset class")
        }
        if let old = info.basis, let new = series.basis, old != new {
            throw BarStoreError(
                .conflict,
                "\(key.name) is stored with prices \(old.words), the file has prices \(new.words): they cannot be mixed"
            )
        }
        if hasNewActions, info.imports.contains(where: { $0.adjustedTo != nil }) {
            throw BarStoreError(
                .conflict,
                "\(key.name) was adjusted when it was imported and the file brings further splits or dividends: "
                    + "remove it, import as traded and adjust when reading")
        }
    }

    /// Actions first: a crash in between leaves actions without new bars, which importing again completes.
    private func write(_ merge: Merge) throws {
        try AtomicFile.makeFolder(symbolFolder(merge.key.symbol))
        if merge.actionsChanged { try write(merge.actions, merge.key.symbol) }
        guard merge.report.added + merge.report.replaced > 0 else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let description = Array(try encoder.encode(merge.info))
        try write(merge.bars, description, path(merge.key))
    }

    private func write(_ actions: [CorporateAction], _ symbol: Symbol) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try AtomicFile.write(Array(try encoder.encode(actions)), to: actionsPath(symbol))
    }

    private func write(_ bars: BarColumns, _ description: [UInt8], _ path: String) throws {
        try bars.start.withUnsafeBytes { start in
            try bars.end.withUnsafeBytes { end in
                try bars.open.withUnsafeBytes { open in
                    try bars.high.withUnsafeBytes { high in
                        try bars.low.withUnsafeBytes { low in
                            try bars.close.withUnsafeBytes { close in
                                try bars.volume.withUnsafeBytes { volume in
                                    try ColumnFile.write(
                                        path, description: description,
                                        columns: [start, end, open, high, low, close, volume])
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

extension PriceBasis {
    /// The basis in words that follow "prices".
    public var words: String {
        switch self {
        case .asTraded: "as traded"
        case .splits: "adjusted for splits"
        case .splitsAndDividends: "adjusted for splits and dividends"
        }
    }
}
