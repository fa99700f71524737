/// J. W. Wilder's average directional index: how one-sided the movement is, 0...100, with +DI and -DI.
///
/// TA-Lib's ADX, PLUS_DI and MINUS_DI: the average starts as the mean of `period` directional indices and stays where it is
/// while there is no movement at all. See `DirectionalStart` for what others do at the start.
public struct ADX: BarIndicator {
    private var machine: Machine<ADXKernel>

    /// An index over `period` bars; it takes twice as many to warm up.
    public init(_ period: Period = 14, start: DirectionalStart = .oneShort) {
        machine = Machine(ADXKernel(period: period, start: start))
    }

    public var warmUp: Int { machine.warmUp }

    @inline(__always)
    public mutating func update(_ bar: PriceBar) -> ADXValue? {
        machine.update(bar)
    }

    public mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        machine.append(bars, into: &output)
    }
}

/// What ADX gives for one bar.
public struct ADXValue: IndicatorOutput {
    /// The average directional index, 0...100.
    public let adx: Double
    /// +DI, 0...100.
    public let plus: Double
    /// -DI, 0...100.
    public let minus: Double

    public static var columns: [String] { ["adx", "plus_di", "minus_di"] }
    public static var width: Int { 3 }
    public static var absent: ADXValue { ADXValue(adx: .nan, plus: .nan, minus: .nan) }

    public func write(to output: inout MutableSpan<Double>, at index: Int, stride: Int) {
        output[unchecked: index] = adx
        output[unchecked: index &+ stride] = plus
        output[unchecked: index &+ 2 &* stride] = minus
    }
}

struct ADXKernel: Kernel {
    private var movement: DirectionalKernel
    private var average: Smoothing
    private var seen = 0

    init(period: Period, start: DirectionalStart) {
        movement = DirectionalKernel(period: period, start: start)
        average = .wilder(period)
    }

    var warmUp: Int { 2 * movement.period }

    mutating func prime(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> ADXValue {
        seen += 1
        let value = movement.prime(bar, &memory)
        if seen >= movement.warmUp { average.prime(value.index ?? 0) }
        return ADXValue(adx: average.value, plus: value.plus, minus: value.minus)
    }

    @inline(__always)
    mutating func step(_ bar: PriceBar, _ memory: inout MutableSpan<Double>) -> ADXValue {
        let value = movement.step(bar, &memory)
        if let index = value.index { _ = average.step(index) }
        return ADXValue(adx: average.value, plus: value.plus, minus: value.minus)
    }
}
