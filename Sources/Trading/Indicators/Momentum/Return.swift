import Foundation

/// The return over `period` prices as a fraction, or as a logarithm that adds up over time.
///
/// 0 where a price is 0 or, for logarithms, where the two prices differ in sign.
public struct Return: PriceIndicator {
    private var machine: Machine<ReturnKernel>

    /// How a return is measured.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// price / earlier - 1.
        case simple
        /// The natural logarithm of price / earlier; its last bit follows the C library.
        case logarithmic
    }

    /// The return over `period` prices.
    public init(_ period: Period = 1, _ kind: Kind = .simple) {
        machine = Machine(ReturnKernel(delay: Delay(length: period.count), kind: kind))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ price: Double) -> Double? {
        machine.update(price)
    }

    public mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        machine.append(prices, into: &output)
    }
}

struct ReturnKernel: UniformKernel {
    var delay: Delay
    let kind: Return.Kind

    var warmUp: Int { delay.length + 1 }
    var memorySize: Int { delay.length }
    static var usesMemory: Bool { true }
    var isSound: Bool { delay.isSound }

    @inline(__always)
    mutating func step(_ price: Double, _ memory: inout MutableSpan<Double>) -> Double {
        let earlier = delay.push(price, &memory)
        guard earlier != 0 else { return 0 }
        let ratio = price / earlier
        switch kind {
        case .simple: return ratio - 1
        case .logarithmic: return ratio > 0 ? log(ratio) : 0
        }
    }
}
