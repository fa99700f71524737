import Foundation
import Indicators

extension IndicatorOutput {
    /// Its numbers, in the order of `columns`.
    var numbers: [Double] {
        var numbers = [Double](repeating: .nan, count: Self.width)
        var span = numbers.mutableSpan
        write(to: &span, at: 0, stride: 1)
        return numbers
    }
}

/// How far two numbers are apart, relative to the larger; 0 for two that are absent, infinite where one is.
func distance(_ left: Double, _ right: Double) -> Double {
    if left.isNaN || right.isNaN { return left.isNaN && right.isNaN ? 0 : .infinity }
    let scale = max(left.magnitude, right.magnitude)
    return scale == 0 ? 0 : (left - right).magnitude / scale
}

/// The bits of numbers, every NaN the same.
func bits(_ numbers: [Double]) -> [UInt64] {
    numbers.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
}
