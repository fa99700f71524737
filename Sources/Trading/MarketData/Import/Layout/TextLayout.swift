/// Tells how a separated text is laid out from its first rows.
struct TextLayout {
    let file: String
    let path: String
    let options: ImportOptions

    /// The separator that divides the second line, or the only one, into most cells.
    static func separator(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let lines = bytes.prefix(1 << 16).split(separator: 10).prefix(3)
        guard let line = lines.dropFirst().first ?? lines.first else { return 44 }
        let candidates: [UInt8] = [44, 59, 9, 124]
        let counts = candidates.map { candidate in line.count { $0 == candidate } }
        let best = counts.indices.max { counts[$0] < counts[$1] } ?? 0
        return candidates[counts.firstIndex(of: counts[best]) ?? 0]
    }

    func layout(_ sample: Sample, separator: UInt8) throws(ImportError) -> TableLayout {
        var rows = sample.rows
        var skipped = 0
        var notes: [String] = []
        if rows.count > 1, rows[0].count == 1, rows[1].count >= 5 {
            notes.append("line 1 is not part of the table: '\(BadRow.readable(rows[0][0]))'")
            rows.removeFirst()
            skipped = sample.lines[0]
        }
        guard let first = rows.first else { throw ImportError(.empty, "\(file) has no rows") }
        guard rows.contains(where: { $0.count > 1 }) else {
            throw ImportError(.notMarketData, "\(file) is no table: its lines have one cell each")
        }
        var layout: TableLayout
        if isHeader(first) {
            skipped = sample.lines[sample.rows.count - rows.count]
            guard rows.count > 1 else { throw ImportError(.empty, "\(file) has a header and no rows") }
            layout = try HeaderLayout(names: options.columns ?? first, file: file).layout()
        } else if let columns = options.columns {
            layout = try HeaderLayout(names: columns, file: file).layout()
        } else {
            layout = try HeaderlessLayout(sample: rows, separator: separator, file: file, path: path).layout()
        }
        layout.skippedLines = skipped
        layout.notes = notes + layout.notes
        return layout
    }

    /// A header has no cell that is a number or a time.
    private func isHeader(_ cells: [String]) -> Bool {
        cells.allSatisfy { Double($0) == nil && TimeFormat.form(of: $0) == nil } && cells.contains { !$0.isEmpty }
    }
}
