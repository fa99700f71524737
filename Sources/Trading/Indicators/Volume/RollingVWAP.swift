/// Volume-weighted average of the typical prices of the last `period` bars, across days.
///
/// It has no value while those bars have no volume (nil, and NaN in columns). `ta`'s VWAP is this one, except that it gives
/// values of fewer bars during the warm-up.
public struct RollingVWAP: BarIndicator {
    private var machine: Machine<RollingVWAPKernel>

    /// An average over `period` bars.
    public init(_ period: Period = 14) {
        machine = Machine(RollingVWAPKernel(length: period.count))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> Double? {
        machine.update(bar).flatMap { $0.isNaN ? nil : $0 }
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

struct RollingVWAPKernel: UniformKernel {
    private var turnover: RollingSum
    private var volume: RollingSum

    init(length: Int) {
        turnover = RollingSum(length: length)
        volume = RollingSum(at: turnover.end, length: length)
    }

    var warmUp: Int { turnover.length }
    var memorySize: Int { 2 * RollingSum.size(turnover.length) }
    static var usesMemory: Bool { true }
    var isSound: Bool {
        turnover.isSound && volume.isSound && turnover.offset == 0 && volume.offset == turnover.end
            && volume.length == turnover.length
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> Double {
        let money = turnover.push(bar.typicalPrice * bar.volume, &memory)
        let units = volume.push(bar.volume, &memory)
        return units > 0 ? money / units : .nan
    }
}
