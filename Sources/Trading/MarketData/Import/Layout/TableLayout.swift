import TradingModel

/// Which cell of a row holds what.
struct TableLayout {
    var dialect: ImportDialect
    var names: [String]
    var skippedLines = 0
    var columns: [ColumnRole: Int] = [:]
    /// Columns of a panel, with their symbols.
    var panel: [(column: Int, symbol: Symbol)] = []
    var mark: TimeMark = .start
    /// End times are the last millisecond inside the bar.
    var endIsInclusive = false
    var notes: [String] = []

    func name(_ column: Int?) -> String? {
        guard let column, names.indices.contains(column) else { return nil }
        return names[column]
    }

    var isTrades: Bool { dialect == .trades }
}

/// A few rows of a file, as text, from which its layout is told.
struct Sample {
    /// Rows with cells, the first line or element included.
    var rows: [[String]]
    /// The lines they are in.
    var lines: [Int]
}
