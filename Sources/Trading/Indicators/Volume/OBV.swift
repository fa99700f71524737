/// J. Granville's on-balance volume: volume added on bars that close higher and taken off on those that close lower.
///
/// TA-Lib's OBV starts with the first bar's volume; Stock.Indicators and ChartSchool start at zero: `.zero`.
public struct OBV: BarIndicator {
    private var machine: Machine<OBVKernel>

    /// What the first bar counts for.
    public enum Start: String, Sendable, Codable, CaseIterable {
        /// Its volume: TA-Lib.
        case volume
        /// Nothing.
        case zero
    }

    /// A balance that starts with the first bar.
    public init(start: Start = .volume) {
        machine = Machine(OBVKernel(start: start))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> Double? {
        machine.update(bar)
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

struct OBVKernel: Kernel {
    private let start: OBV.Start
    private var balance = 0.0
    private var close = 0.0

    init(start: OBV.Start) {
        self.start = start
    }

    var warmUp: Int { 1 }

    mutating func prime(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        close = bar.close
        balance = start == .volume ? bar.volume : 0
        return balance
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        let change = bar.close > close ? bar.volume : -bar.volume
        balance += bar.close == close ? 0 : change
        close = bar.close
        return balance
    }
}
