public import Determinism

/// What an indicator gives for a series of bars: a row for each bar, a column for each output.
public struct IndicatorTable: Sendable, Equatable {
    /// The names of the columns.
    public let names: [String]
    /// When each bar became known.
    public let times: [Timestamp]
    /// The values, column by column; NaN while warming up.
    public let columns: [[Double]]

    /// A value; nil while warming up or where the column is unknown.
    public func value(_ name: String, at row: Int) -> Double? {
        guard let column = names.firstIndex(of: name), columns[column].indices.contains(row) else { return nil }
        let value = columns[column][row]
        return value.isNaN ? nil : value
    }

    /// The rows as CSV with a header `time,…`: numbers with all their digits, empty cells while warming up.
    public var csv: String {
        var text = "time," + names.joined(separator: ",") + "\n"
        for row in times.indices {
            text += times[row].description
            for column in columns { text += column[row].isNaN ? "," : ",\(column[row])" }
            text += "\n"
        }
        return text
    }
}
