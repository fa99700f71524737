/// The sample covariance drawn towards one with the mean correlation for every pair.
///
/// O. Ledoit and M. Wolf, Honey, I Shrunk the Sample Covariance Matrix (Journal of Portfolio Management 30, 2004),
/// appendix B: intensity (pi - rho) / gamma / observations, held inside 0...1.
public struct ShrunkCovariance: Sendable, Hashable, Codable {
    /// Per bar.
    public let matrix: SymmetricMatrix
    /// 0 for the sample covariance, 1 for the constant correlation.
    public let intensity: Double
    /// Returns of each instrument that it comes from.
    public let observations: Int

    /// From one column of returns an instrument; nil for no column, fewer than two returns or unequal lengths.
    public init?(_ columns: [[Double]]) {
        guard let length = columns.first?.count, length > 1, columns.allSatisfy({ $0.count == length }) else {
            return nil
        }
        let centred = columns.map { column in
            let mean = column.reduce(0, +) / Double(length)
            return column.map { $0 - mean }
        }
        let sample = ShrunkCovariance.products(centred, centred)
        let target = ShrunkCovariance.constantCorrelation(sample)
        observations = length
        intensity = ShrunkCovariance.intensity(centred, sample, target)
        var matrix = SymmetricMatrix(count: columns.count)
        for row in columns.indices {
            for column in 0...row {
                matrix[row, column] = intensity * target.matrix[row, column] + (1 - intensity) * sample[row, column]
            }
        }
        self.matrix = matrix
    }

    /// Mean products of two sets of columns of one shape whose products are symmetric.
    private static func products(_ left: [[Double]], _ right: [[Double]]) -> SymmetricMatrix {
        var matrix = SymmetricMatrix(count: left.count)
        for row in left.indices {
            for column in 0...row {
                matrix[row, column] = ReturnTable.product(left[row], right[column]) / Double(left[row].count)
            }
        }
        return matrix
    }

    private static func constantCorrelation(_ sample: SymmetricMatrix) -> (matrix: SymmetricMatrix, mean: Double) {
        let count = sample.count
        let deviations = (0..<count).map { sample[$0, $0].squareRoot() }
        var sum = 0.0
        for row in 0..<count {
            for column in 0..<row { sum += sample[row, column].over(deviations[row] * deviations[column]) ?? 0 }
        }
        let mean = count > 1 ? sum / Double(count * (count - 1) / 2) : 0
        var matrix = sample
        for row in 0..<count {
            for column in 0..<row { matrix[row, column] = mean * deviations[row] * deviations[column] }
        }
        return (matrix, mean)
    }

    private static func intensity(
        _ centred: [[Double]], _ sample: SymmetricMatrix, _ target: (matrix: SymmetricMatrix, mean: Double)
    ) -> Double {
        let count = sample.count
        let length = Double(centred[0].count)
        let squares = centred.map { $0.map { $0 * $0 } }
        let cubes = zip(squares, centred).map { zip($0, $1).map { $0 * $1 } }
        let fourth = products(squares, squares)
        var (pi, rho, gamma) = (0.0, 0.0, 0.0)
        for row in 0..<count {
            for column in 0..<count {
                let spread = fourth[row, column] - sample[row, column] * sample[row, column]
                pi += spread
                let distance = sample[row, column] - target.matrix[row, column]
                gamma += distance * distance
                if row == column {
                    rho += spread
                } else {
                    let mixed = ReturnTable.product(cubes[row], centred[column]) / length
                    let theta = mixed - sample[row, row] * sample[row, column]
                    let ratio = sample[column, column].over(sample[row, row]) ?? 0
                    rho += target.mean * ratio.squareRoot() * theta
                }
            }
        }
        // Two instruments have one correlation: target and sample are the same but for rounding.
        guard gamma > 1e-18 * ReturnTable.product(sample.values, sample.values) else { return 0 }
        return ((pi - rho) / (gamma * length)).unit.clampedToZero
    }
}
