import Accounting
import TradingModel

/// The correlations of a table's instruments with each other and with what is held, by place in the table.
struct CorrelationBook {
    private(set) var mean: [Double?]
    private(set) var closest: [RiskReading.Correlation?]
    private(set) var toPortfolio: [Double?]

    init(_ table: ReturnTable, _ portfolio: Portfolio?) {
        let count = table.instruments.count
        mean = Array(repeating: nil, count: count)
        closest = Array(repeating: nil, count: count)
        toPortfolio = Array(repeating: nil, count: count)
        let matrix = CorrelationBook.matrix(table)
        for place in 0..<count { summarise(table, place, matrix[place]) }
        if let portfolio { compare(table, matrix, portfolio) }
    }

    private static func matrix(_ table: ReturnTable) -> [[Double?]] {
        let count = table.instruments.count
        var matrix = [[Double?]](repeating: Array(repeating: nil, count: count), count: count)
        for first in 0..<count {
            for second in first + 1..<max(count, first + 1) {
                let value = table.correlation(first, second)
                matrix[first][second] = value
                matrix[second][first] = value
            }
        }
        return matrix
    }

    private mutating func summarise(_ table: ReturnTable, _ place: Int, _ row: [Double?]) {
        var (sum, number) = (0.0, 0)
        for (other, value) in row.enumerated() {
            guard let value else { continue }
            sum += value
            number += 1
            if value > closest[place]?.value ?? -2 {
                closest[place] = RiskReading.Correlation(instrument: table.instruments[other], value: value)
            }
        }
        if number > 0 { mean[place] = sum / Double(number) }
    }

    /// The correlation of each with the sum of the other positions, from deviations and pairs.
    private mutating func compare(_ table: ReturnTable, _ matrix: [[Double?]], _ portfolio: Portfolio) {
        let risks = table.instruments.indices.map { place -> Double in
            let id = table.instruments[place]
            guard portfolio.positions.indices.contains(id.index) else { return 0 }
            let returns = table.returns(place)
            let mean = returns.reduce(0, +) / Double(max(1, returns.count))
            return portfolio[id].marketValue.double * RiskReading.TailRisk.deviation(returns, mean)
        }
        let held = risks.indices.filter { risks[$0] != 0 }
        for place in table.instruments.indices {
            let others = held.filter { $0 != place }
            let joint = others.reduce(0) { $0 + risks[$1] * (matrix[place][$1] ?? 0) }
            var variance = 0.0
            for first in others {
                for second in others {
                    variance += risks[first] * risks[second] * (first == second ? 1 : matrix[first][second] ?? 0)
                }
            }
            toPortfolio[place] = joint.over(variance.clampedToZero.squareRoot()).map(\.unit)
        }
    }
}
