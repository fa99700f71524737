import Configuration
import Determinism
import MarketData
import TradingModel
import TradingStore

/// What an import found in a file, as lines for a person; pure.
struct ImportPage {
    /// Whether every bad row is shown with its text.
    let isAll: Bool
    /// Whether a file without trouble has one line only, as among many files.
    let isShort: Bool
    let width: Int
    let style: Styler

    private static let mostSeries = 8
    private static let mostRows = 3
    private static let mostNotes = 12
    private static let mostFailed = 20

    /// The lines of a file; none where nothing could be told of it.
    func lines(_ report: FileReport) -> [String] {
        guard let dialect = report.dialect else { return [] }
        let name = report.path.escapingControls
        if isShort, report.failure == nil, report.badRows.isEmpty, report.series.count == 1 {
            return [style("ok", .green) + "  \(brief(report.series[0], in: report))"]
        }
        let count = "\(NumberText.grouped(report.rows)) row\(report.rows == 1 ? "" : "s")"
        let series = allSeries(report).flatMap { indented($0, by: 2) }
        let zone = report.zone.map { $0 == "dates only" ? ", dates only" : ", times in \($0)" } ?? ""
        return ["\(style(name, .bold)): \(count) written as \(dialect.rawValue)\(zone)"] + series
            + (isShort ? [] : notes(report)) + badRows(report)
    }

    /// What all files came to.
    static func lines(_ summary: ImportSummary, style: Styler) -> [String] {
        let failed = summary.failed.count
        let files = summary.files.count
        let verdict =
            failed == 0
            ? style("all \(files) files imported", .green)
            : "\(files - failed) of \(files) files imported, \(style("\(failed) failed", .red))"
        var parts = [
            "\(NumberText.grouped(summary.rows)) rows", merged(summary.added, summary.replaced, summary.identical),
        ]
        if summary.badRows > 0 { parts.append("\(NumberText.grouped(summary.badRows)) bad rows") }
        let shown = files > 3 ? summary.failed.prefix(mostFailed).map { "  failed: \($0.path.escapingControls)" } : []
        let rest = failed > mostFailed && files > 3 ? ["  and \(failed - mostFailed) more"] : []
        return ["\(verdict): \(parts.joined(separator: ", "))"] + shown + rest
    }

    /// Why a file failed, on one line, with what to do; nil where it did not.
    static func failure(_ report: FileReport) -> String? {
        guard let failure = report.failure else { return nil }
        let name = report.path.escapingControls
        if !report.badRows.isEmpty, report.quarantine == nil {
            let bad = report.badRows.count
            return "\(name) was refused: \(NumberText.grouped(bad)) of \(NumberText.grouped(report.rows)) rows "
                + "\(bad == 1 ? "is" : "are") bad; --quarantine imports the others"
        }
        let hint =
            switch report.remedy {
            case .say: " (\(option(sayingWhat: failure)))"
            case .replace: " (--replace)"
            case nil: ""
            }
        let place = failure.contains(report.path) ? "" : "\(name): "
        return "\(place)\(failure.escapingControls)\(hint)"
    }

    /// The option that says what a message asks for; all of them where it is not plain which.
    private static func option(sayingWhat message: String) -> String {
        let options = [
            ("say the symbol", "--symbol"), ("say their zone", "--zone"), ("say the length", "--bars"),
            ("say which", "--day-order"),
        ]
        let found = options.first { message.hasSuffix($0.0) }
        return found?.1 ?? options.map(\.1).joined(separator: ", ")
    }

    // MARK: - Series

    private func allSeries(_ report: FileReport) -> [String] {
        let shown = report.series.prefix(ImportPage.mostSeries)
        var lines = shown.map { series($0, isStored: report.failure == nil) }
        if report.series.count > shown.count {
            let rest = report.series.dropFirst(shown.count)
            let bars = rest.reduce(0) { $0 + $1.bars }
            lines.append("and \(rest.count) more symbols with \(NumberText.grouped(bars)) bars")
        }
        return lines
    }

    /// One line among many files: where it came from and what is new; gaps where there are any.
    private func brief(_ series: SeriesReport, in report: FileReport) -> String {
        let file = report.path.split(separator: "/").last.map(String.init) ?? report.path
        var parts = [
            file.escapingControls, "\(series.key.name)", "\(NumberText.grouped(series.bars)) bars",
            "\(series.first.date) .. \((series.last - .nanoseconds(1)).date)", ImportPage.merged(series.merged),
        ]
        if series.gaps?.isEmpty == false { parts.append(gaps(series)) }
        return parts.joined(separator: "  ")
    }

    private func indented(_ text: String, by count: Int) -> [String] {
        let blanks = String(repeating: " ", count: count)
        let lines = TextWidth.wrapped(text, to: max(40, width - count - 4))
        return lines.prefix(1).map { blanks + $0 } + lines.dropFirst().map { blanks + "    " + $0 }
    }

    private func series(_ series: SeriesReport, isStored: Bool) -> String {
        let kind = series.key.kind == .trades ? "" : " of quotes"
        var parts = [
            "\(series.key.symbol) \(series.key.length)", "\(NumberText.grouped(series.bars)) bars\(kind)",
            "\(time(series.first, series)) .. \(time(series.last, series))", gaps(series),
        ]
        if let basis = series.basis { parts.append("prices \(basis.words)") }
        if series.actions > 0 { parts.append("\(series.actions) splits and dividends") }
        if isStored { parts.append(ImportPage.merged(series.merged)) }
        return parts.joined(separator: ", ")
    }

    private func gaps(_ series: SeriesReport) -> String {
        guard let gaps = series.gaps else { return "gaps unknown" }
        let unknown = DataCommand.calendarGap(series.first, series.assetClass)
        guard let first = gaps.first else { return unknown.map { "gaps unknown \($0)" } ?? "no gaps" }
        let missing = gaps.reduce(0) { $0 + $1.missing }
        let count = "\(NumberText.grouped(gaps.count)) gap\(gaps.count == 1 ? "" : "s")"
        let bars = "\(NumberText.grouped(missing)) bar\(missing == 1 ? "" : "s")"
        return "\(count) (\(bars), first \(time(first.from, series)))"
    }

    private func time(_ time: Timestamp, _ series: SeriesReport) -> String {
        series.key.length.isDaily ? "\(time.date)" : "\(time)"
    }

    private static func merged(_ report: MergeReport) -> String {
        merged(report.added, report.replaced, report.identical)
    }

    private static func merged(_ added: Int, _ replaced: Int, _ identical: Int) -> String {
        var parts: [String] = []
        if added > 0 { parts.append("\(NumberText.grouped(added)) new") }
        if replaced > 0 { parts.append("\(NumberText.grouped(replaced)) replaced") }
        if identical > 0 { parts.append("\(NumberText.grouped(identical)) stored already") }
        return parts.isEmpty ? "nothing new" : parts.joined(separator: ", ")
    }

    // MARK: - Notes and bad rows

    private func notes(_ report: FileReport) -> [String] {
        let shown = report.notes.prefix(ImportPage.mostNotes).map { "  " + style($0.escapingControls, .dim) }
        let rest = report.notes.count - shown.count
        return shown + (rest > 0 ? ["  " + style("and \(rest) more notes", .dim)] : [])
    }

    /// The first rows in full, then all by reason, so that every bad line is named.
    private func badRows(_ report: FileReport) -> [String] {
        let rows = report.badRows
        guard !rows.isEmpty else { return [] }
        let most = isAll ? rows.count : ImportPage.mostRows
        var lines = ["  " + style("\(NumberText.grouped(rows.count)) bad row\(rows.count == 1 ? "" : "s"):", .yellow)]
        lines += rows.prefix(most).map { "    " + "\($0)".escapingControls }
        if rows.count > most {
            lines.append("    all by reason (--all-bad-rows shows each):")
            lines += BadRow.Reason.allCases.flatMap { reason in byReason(rows.filter { $0.reason == reason }, reason) }
        }
        if report.failure != nil {
            lines.append("  " + style("nothing of it was imported", .red))
        } else if let list = report.quarantine {
            lines.append("  the others were imported; the bad ones are listed in \(list.escapingControls)")
        }
        return lines
    }

    private func byReason(_ rows: [BadRow], _ reason: BadRow.Reason) -> [String] {
        guard !rows.isEmpty else { return [] }
        let text =
            "\(NumberText.grouped(rows.count)) × \(reason.rawValue): line\(rows.count == 1 ? "" : "s") \(LineRanges.text(rows.map(\.line)))"
        return indented(text, by: 4)
    }
}

/// Numbers of lines as people write them: `3, 7-12, 20`.
enum LineRanges {
    /// Ascending numbers, those that follow each other joined; at most so many stretches, then how many more.
    static func text(_ lines: [Int], most: Int = 500) -> String {
        var ranges: [ClosedRange<Int>] = []
        for line in lines {
            if let last = ranges.last, line <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(line, last.upperBound)
            } else {
                ranges.append(line...line)
            }
        }
        let shown = ranges.prefix(most).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return shown.joined(separator: ", ") + (ranges.count > most ? " and \(ranges.count - most) more stretches" : "")
    }
}
