import Determinism
import MarketData
import TradingModel

/// Prints columns of numbers beside the times of bars: CSV with all digits, or one object a row.
struct ColumnPrinter {
    let names: [String]
    /// As many numbers as there are bars in all; NaN prints as nothing.
    let columns: [[Double]]
    let choice: BarChoice

    func print(to console: Console) throws(OutputClosed) {
        var text = console.isJSON ? "" : "time,\(names.joined(separator: ","))\n"
        for index in choice.chosen.indices {
            text += console.isJSON ? object(index).line + "\n" : row(index)
            guard text.utf8.count >= 1 << 16 else { continue }
            try console.output.write(text)
            text = ""
        }
        if !text.isEmpty { try console.output.write(text) }
    }

    private func row(_ index: Int) -> String {
        var text = time(index)
        for column in columns { text += column[index].isNaN ? "," : ",\(column[index])" }
        return text + "\n"
    }

    private func object(_ index: Int) -> JSONValue {
        var entries: [String: JSONValue] = ["time": .text(time(index))]
        for (name, column) in zip(names, columns) { entries[name] = .number(column[index]) }
        return .object(entries)
    }

    private func time(_ index: Int) -> String {
        let start = choice.bars[index].start
        return choice.length.isDaily ? "\(start.date)" : "\(start)"
    }
}
