/// A symmetric matrix, stored in full.
public struct SymmetricMatrix: Sendable, Hashable, Codable {
    /// Rows, and columns.
    public let count: Int
    /// Row after row.
    public private(set) var values: [Double]

    /// All zeros.
    public init(count: Int) {
        self.count = count
        values = Array(repeating: 0, count: count * count)
    }

    /// From rows of one length; nil where they are not square, not symmetric to nine digits or not finite.
    public init?(_ rows: [[Double]]) {
        self.init(count: rows.count)
        for (row, values) in rows.enumerated() {
            guard values.count == count else { return nil }
            for (column, value) in values.enumerated() {
                guard value.isFinite, (value - rows[column][row]).magnitude <= 1e-9 * max(1, value.magnitude) else {
                    return nil
                }
                self[row, column] = value
            }
        }
    }

    /// An element; setting one sets its mirror image too.
    @inline(__always)
    public subscript(row: Int, column: Int) -> Double {
        get { values[row * count + column] }
        set {
            values[row * count + column] = newValue
            values[column * count + row] = newValue
        }
    }

    /// The matrix times a vector.
    public func times(_ vector: [Double]) -> [Double] {
        (0..<count).map { row in
            var sum = 0.0
            for column in 0..<count { sum += values[row * count + column] * vector[column] }
            return sum
        }
    }

    /// The vector times the matrix times the vector.
    public func form(_ vector: [Double]) -> Double {
        ReturnTable.product(times(vector), vector)
    }

    /// Solves for the rows and columns in `places` by Cholesky's decomposition; nil where that part is singular.
    func solve(_ places: [Int], _ right: [Double]) -> [Double]? {
        let size = places.count
        var lower = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0...row {
                var sum = self[places[row], places[column]]
                for inner in 0..<column { sum -= lower[row * size + inner] * lower[column * size + inner] }
                if row == column {
                    guard sum > 1e-14 * self[places[row], places[row]] else { return nil }
                    lower[row * size + row] = sum.squareRoot()
                } else {
                    lower[row * size + column] = sum / lower[column * size + column]
                }
            }
        }
        return SymmetricMatrix.substituted(lower, right)
    }

    private static func substituted(_ lower: [Double], _ right: [Double]) -> [Double] {
        let size = right.count
        var solution = right
        for row in 0..<size {
            for inner in 0..<row { solution[row] -= lower[row * size + inner] * solution[inner] }
            solution[row] /= lower[row * size + row]
        }
        for row in stride(from: size - 1, through: 0, by: -1) {
            for inner in row + 1..<max(size, row + 1) { solution[row] -= lower[inner * size + row] * solution[inner] }
            solution[row] /= lower[row * size + row]
        }
        return solution
    }
}
