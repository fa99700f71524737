/// Numbers as people read them in a reason, the same on every machine.
enum Wording {
    /// A number with so many decimals, halves away from zero, without an exponent below 10^12.
    static func fixed(_ value: Double, _ decimals: Int = 2) -> String {
        let factor = powers[min(max(decimals, 0), powers.count - 1)]
        let scaled = (value * Double(factor)).rounded()
        guard scaled.magnitude < 1e18 else { return "\(value)" }
        let (whole, part) = Int64(scaled.magnitude).quotientAndRemainder(dividingBy: factor)
        let sign = scaled < 0 ? "-" : ""
        guard factor > 1 else { return "\(sign)\(whole)" }
        let digits = String(part)
        return "\(sign)\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
    }

    /// A fraction as percent: 0.125 is `12.5 %`.
    static func percent(_ fraction: Double, _ decimals: Int = 1) -> String { fixed(fraction * 100, decimals) + " %" }

    /// A price with two decimals, more below one.
    static func price(_ value: Double) -> String { fixed(value, value.magnitude < 1 ? 6 : 2) }

    private static let powers: [Int64] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
}

extension Double {
    /// The number held inside -1...1.
    var unit: Double { Swift.min(1, Swift.max(-1, self)) }

    /// The quotient, or nil where the divisor is not above zero.
    func over(_ divisor: Double) -> Double? { divisor > 0 ? self / divisor : nil }
}
