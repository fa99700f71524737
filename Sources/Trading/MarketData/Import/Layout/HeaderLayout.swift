import TradingModel

/// Tells the layout of a table whose columns have names.
struct HeaderLayout {
    let names: [String]
    let file: String
    private let keys: [String]

    init(names: [String], file: String) {
        self.names = names
        self.file = file
        keys = names.map(ColumnNames.normalised)
    }

    func layout() throws(ImportError) -> TableLayout {
        var layout = TableLayout(dialect: .plain, names: named)
        try assignRoles(&layout)
        try assignTime(&layout)
        if layout.columns[.price] != nil, layout.columns[.amount] != nil, !hasPrices(layout) {
            layout.dialect = .trades
            return layout
        }
        layout.columns[.price] = nil
        layout.columns[.amount] = nil
        layout.columns[.side] = nil
        if !hasPrices(layout) { return try panel(layout) }
        try checkPrices(&layout)
        layout.dialect = dialect(layout)
        noteUnused(&layout)
        return layout
    }

    private var named: [String] {
        names.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
    }

    private func assignRoles(_ layout: inout TableLayout) throws(ImportError) {
        for (index, key) in keys.enumerated() {
            guard let role = ColumnNames.roles[key], key.count > 1 || hasShortNames else { continue }
            if let other = layout.columns[role] {
                let pair = "\(names[other]) and \(names[index])"
                throw ImportError(.unknownLayout, "\(file) has two columns for the \(role.rawValue): \(pair)")
            }
            layout.columns[role] = index
        }
        if layout.columns[.volume] == nil, let index = keys.firstIndex(where: { $0.hasPrefix("volume") }) {
            layout.columns[.volume] = index
            layout.notes.append("volume is taken from the column \(names[index])")
        }
    }

    /// Single letters are prices only where all four are there: V and C are shares too.
    private var hasShortNames: Bool { ["o", "h", "l", "c"].allSatisfy(keys.contains) }

    private func assignTime(_ layout: inout TableLayout) throws(ImportError) {
        let known = ColumnNames.times.lazy.compactMap { keys.firstIndex(of: $0) }.first
        guard let time = known else {
            let columns = names.prefix(12).map { BadRow.readable($0) }.joined(separator: ", ")
            throw ImportError(.unknownLayout, "no column of \(file) is called date or time; it has: \(columns)")
        }
        layout.columns[.time] = time
        if keys[time] == "time", let date = keys.firstIndex(of: "date") {
            layout.columns[.time] = date
            layout.columns[.clock] = time
        }
        if keys[time] == "start", let end = keys.firstIndex(of: "end") { layout.columns[.end] = end }
        if keys[time] == "endtime" {
            layout.mark = .end
            layout.endIsInclusive = true
        }
    }

    private func hasPrices(_ layout: TableLayout) -> Bool {
        [.open, .high, .low, .close].contains { layout.columns[$0] != nil }
    }

    private func checkPrices(_ layout: inout TableLayout) throws(ImportError) {
        let missing = [ColumnRole.open, .high, .low, .close].filter { layout.columns[$0] == nil }
        if missing == [.open, .high, .low] {
            for role in missing { layout.columns[role] = layout.columns[.close] }
            layout.notes.append("there is only a close: open, high and low are taken to be the same")
        } else if let role = missing.first {
            throw ImportError(.unknownLayout, "no column of \(file) is called \(role.rawValue)")
        }
        if layout.columns[.volume] == nil { layout.notes.append("there is no volume: it is kept as zero") }
    }

    private func panel(_ start: TableLayout) throws(ImportError) -> TableLayout {
        var layout = start
        guard let time = layout.columns[.time] else { return layout }
        layout.columns = [.time: time]
        layout.dialect = .panel
        for (index, name) in names.enumerated() where index != time {
            guard let symbol = Symbol(name), name.count <= 12, name.contains(where: \.isUppercase) else {
                let cause = "the column '\(BadRow.readable(name))' is neither a price nor a symbol"
                throw ImportError(.unknownLayout, "\(file) has a time but no prices: \(cause)")
            }
            layout.panel.append((index, symbol))
        }
        guard !layout.panel.isEmpty else {
            throw ImportError(.unknownLayout, "\(file) has a time but no prices")
        }
        layout.notes.append("one close for each symbol: open, high and low are taken to be the same, volume is zero")
        return layout
    }

    private func dialect(_ layout: TableLayout) -> ImportDialect {
        if layout.columns[.end] != nil { return .bellwether }
        if layout.columns[.split] != nil, layout.columns[.dividend] != nil {
            return keys.contains("exdividend") ? .quandlWiki : .csvdir
        }
        if keys.contains("adjclose"), layout.columns[.volume] != nil { return .yahoo }
        if keys.contains("opentime"), keys.contains("closetime") { return .binanceKlines }
        return .plain
    }

    private func noteUnused(_ layout: inout TableLayout) {
        let used = Set(layout.columns.values)
        let unused = names.indices.filter { !used.contains($0) && !names[$0].isEmpty }.map { names[$0] }
        guard !unused.isEmpty else { return }
        layout.notes.append("columns not used: \(unused.map { BadRow.readable($0) }.joined(separator: ", "))")
    }
}
