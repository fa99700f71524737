import MarketData
import TradingModel
import TradingStore

/// What an import did, as objects for programs.
enum ImportRecords {
    /// How many gaps of a series are listed one by one; all are counted.
    private static let mostGaps = 100

    static func object(_ report: FileReport) -> JSONValue {
        [
            "type": "file", "path": .text(report.path),
            "dialect": report.dialect.map { .text($0.rawValue) } ?? .null,
            "zone": report.zone.map(JSONValue.text) ?? .null, "rows": .integer(report.rows),
            "trades": .integer(report.trades), "series": .list(report.series.map(object)),
            "bad_rows": .list(report.badRows.map(object)),
            "quarantine": report.quarantine.map(JSONValue.text) ?? .null,
            "notes": .list(report.notes.map(JSONValue.text)), "imported": .bool(report.failure == nil),
            "failure": report.failure.map(JSONValue.text) ?? .null,
        ]
    }

    static func object(_ summary: ImportSummary) -> JSONValue {
        [
            "type": "summary", "files": .integer(summary.files.count),
            "imported": .integer(summary.files.count - summary.failed.count),
            "failed": .integer(summary.failed.count), "rows": .integer(summary.rows),
            "bad_rows": .integer(summary.badRows), "added": .integer(summary.added),
            "identical": .integer(summary.identical), "replaced": .integer(summary.replaced),
        ]
    }

    private static func object(_ series: SeriesReport) -> JSONValue {
        [
            "symbol": .text(series.key.symbol.name), "asset_class": .text(series.assetClass.rawValue),
            "length": .text("\(series.key.length)"), "kind": .text(series.key.kind.rawValue),
            "bars": .integer(series.bars), "first": .text("\(series.first)"), "last": .text("\(series.last)"),
            "gaps": series.gaps.map { .integer($0.count) } ?? .null,
            "missing": series.gaps.map { .integer($0.reduce(0) { $0 + $1.missing }) } ?? .null,
            "first_gaps": .list((series.gaps ?? []).prefix(mostGaps).map(object)),
            "actions": .integer(series.actions), "prices": series.basis.map { .text($0.option) } ?? .null,
            "added": .integer(series.merged.added), "identical": .integer(series.merged.identical),
            "replaced": .integer(series.merged.replaced),
        ]
    }

    private static func object(_ gap: BarGap) -> JSONValue {
        ["from": .text("\(gap.from)"), "to": .text("\(gap.to)"), "missing": .integer(gap.missing)]
    }

    private static func object(_ row: BadRow) -> JSONValue {
        [
            "line": .integer(row.line), "column": row.column.map(JSONValue.text) ?? .null, "text": .text(row.text),
            "kind": .text("\(row.reason)"), "reason": .text(row.reason.rawValue),
        ]
    }
}
