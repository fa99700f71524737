import TradingModel

/// A decimal number read from bytes into hundred-millionths.
struct ScannedDecimal {
    enum Status {
        case exact
        /// There were more than eight decimals.
        case rounded
        case malformed
        case tooLarge
    }

    var raw: Int64
    var status: Status

    static let malformed = ScannedDecimal(raw: 0, status: .malformed)
    static let tooLarge = ScannedDecimal(raw: 0, status: .tooLarge)
}

private let powersOfTen: InlineArray<9, Int64> = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
]

extension Cell {
    /// The cell as a price or quantity: what `FixedPoint(decimal:)` reads, and longer or exponential numbers rounded.
    @inline(__always)
    func decimal() -> ScannedDecimal {
        var magnitude: Int64 = 0
        var index = 0
        var decimals = -1
        let negative = count > 0 && start[0] == 45
        if negative { index = 1 }
        guard count - index <= 17 else { return slowDecimal() }
        var digits = 0
        while index < count {
            let digit = start[index] &- 48
            if digit < 10 {
                magnitude = magnitude &* 10 &+ Int64(digit)
                digits &+= 1
                if decimals >= 0 { decimals &+= 1 }
            } else if start[index] == 46, decimals < 0 {
                decimals = 0
            } else {
                return slowDecimal()
            }
            index &+= 1
        }
        let scale = 8 - max(0, decimals)
        guard digits > 0, scale >= 0 else { return slowDecimal() }
        let (raw, overflow) = magnitude.multipliedReportingOverflow(by: powersOfTen[scale])
        if overflow { return .tooLarge }
        return ScannedDecimal(raw: negative ? -raw : raw, status: .exact)
    }

    @inline(never)
    private func slowDecimal() -> ScannedDecimal {
        let cell = trimmed
        let bytes = UnsafeBufferPointer(start: cell.start, count: cell.count)
        if let price = Price(decimal: bytes) { return ScannedDecimal(raw: price.raw, status: .exact) }
        guard cell.isNumber else { return .malformed }
        if !bytes.contains(where: { $0 | 32 == 101 }), let rounded = cell.roundedDecimal() { return rounded }
        guard let value = Double(cell.text), let price = Price(nearest: value) else { return .tooLarge }
        return ScannedDecimal(raw: price.raw, status: .rounded)
    }

    /// Cuts after the eighth decimal and rounds by the ninth, halves away from zero.
    private func roundedDecimal() -> ScannedDecimal? {
        let bytes = UnsafeBufferPointer(start: start, count: count)
        guard let point = bytes.firstIndex(of: 46), count > point + 9 else { return nil }
        guard let cut = Price(decimal: bytes[..<(point + 9)]) else { return nil }
        let step: Int64 = bytes[point + 9] >= 53 ? (start[0] == 45 ? -1 : 1) : 0
        return ScannedDecimal(raw: cut.raw &+ step, status: .rounded)
    }

    /// True for a decimal number, perhaps with an exponent: no words such as `nan`.
    var isNumber: Bool {
        let bytes = UnsafeBufferPointer(start: start, count: count)
        let isPlain = bytes.allSatisfy { (48...57).contains($0) || ".+-eE".utf8.contains($0) }
        return isPlain && bytes.contains { (48...57).contains($0) } && Double(text) != nil
    }

    /// The cell as the nearest binary number; nil where it is no number.
    @inline(__always)
    func double() -> Double? {
        var magnitude: UInt64 = 0
        var index = 0
        var decimals = 0
        var afterPoint = 0
        guard count > 0, count <= 16 else { return slowDouble() }
        while index < count {
            let digit = start[index] &- 48
            if digit < 10 {
                magnitude = magnitude &* 10 &+ UInt64(digit)
                decimals &+= afterPoint
            } else if start[index] == 46, afterPoint == 0 {
                afterPoint = 1
            } else {
                return slowDouble()
            }
            index &+= 1
        }
        // Exact: a mantissa under 2^53 divided by a power of ten up to 10^22 rounds once.
        guard magnitude < 1 << 53, decimals <= 15, count > afterPoint else { return slowDouble() }
        return Double(magnitude) / exactPowers[decimals]
    }

    @inline(never)
    private func slowDouble() -> Double? {
        let cell = trimmed
        guard cell.isNumber else { return nil }
        return Double(cell.text)
    }
}

private let exactPowers: InlineArray<16, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]
