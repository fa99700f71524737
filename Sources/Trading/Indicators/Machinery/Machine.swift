/// A kernel with its memory and its warm-up: what every indicator is inside.
struct Machine<K: Kernel>: Sendable, Equatable {
    private(set) var kernel: K
    private var memory: [Double]
    private var remaining: Int

    init(_ kernel: K) {
        self.kernel = kernel
        memory = Array(repeating: 0, count: kernel.memorySize)
        remaining = kernel.warmUp
    }

    var warmUp: Int { kernel.warmUp }

    @inline(__always)
    mutating func update(_ input: K.Input) -> K.Output? {
        guard remaining == 0 else { return prime(input) }
        return Machine.step(&kernel, &memory, input)
    }

    @inline(__always)
    private static func step(_ kernel: inout K, _ memory: inout [Double], _ input: K.Input) -> K.Output {
        if K.usesMemory {
            var span = memory.mutableSpan
            return kernel.step(input, &span)
        } else {
            var none = MutableSpan<Double>()
            return kernel.step(input, &none)
        }
    }

    /// Everything goes in and out by value: a machine whose address is never taken stays in registers in a caller's loop.
    @inline(__always)
    private mutating func prime(_ input: K.Input) -> K.Output? {
        let owned = memory
        memory = []
        let primed = Machine.primed(kernel, owned, input)
        kernel = primed.kernel
        memory = primed.memory
        remaining -= 1
        return remaining == 0 ? primed.output : nil
    }

    @inline(never)
    private static func primed(
        _ kernel: K, _ memory: consuming [Double], _ input: K.Input
    ) -> (kernel: K, memory: [Double], output: K.Output) {
        var kernel = kernel
        let output = prime(&kernel, &memory, input)
        return (kernel, memory, output)
    }

    private static func prime(_ kernel: inout K, _ memory: inout [Double], _ input: K.Input) -> K.Output {
        var span = memory.mutableSpan
        return kernel.prime(input, &span)
    }

    /// Feeds `count` inputs; `input` is inlined, so that columns it does not read are not loaded.
    @inline(__always)
    private mutating func append(
        count: Int, into output: inout MutableSpan<Double>, input: (Int) -> K.Input
    ) {
        precondition(output.count >= count * K.Output.width, "the output has no room for every column")
        var index = 0
        while index < count, remaining > 0 {
            (prime(input(index)) ?? .absent).write(to: &output, at: index, stride: count)
            index += 1
        }
        var local = kernel
        var span = memory.mutableSpan
        local.run(index..<count, of: count, &span, into: &output, input: input)
        kernel = local
    }
}

extension Machine where K.Input == Double {
    @inline(__always)
    mutating func append(_ prices: Span<Double>, into output: inout MutableSpan<Double>) {
        prices.withUnsafeBufferPointer { prices in
            append(count: prices.count, into: &output) { prices[$0] }
        }
    }
}

extension Machine where K.Input == PriceBar {
    @inline(__always)
    mutating func append(_ bars: PriceColumns, into output: inout MutableSpan<Double>) {
        let (high, low, close) = (bars.high.span, bars.low.span, bars.close.span)
        let (volume, day) = (bars.volume.span, bars.day.span)
        high.withUnsafeBufferPointer { high in
            low.withUnsafeBufferPointer { low in
                close.withUnsafeBufferPointer { close in
                    volume.withUnsafeBufferPointer { volume in
                        day.withUnsafeBufferPointer { day in
                            append(count: close.count, into: &output) { index in
                                PriceBar(
                                    high: high[index], low: low[index], close: close[index], volume: volume[index],
                                    day: day[index])
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Machine: Codable {
    private enum CodingKeys: String, CodingKey {
        case kernel, memory, remaining
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kernel = try container.decode(K.self, forKey: .kernel)
        memory = try container.decode([Double].self, forKey: .memory)
        remaining = try container.decode(Int.self, forKey: .remaining)
        guard kernel.isSound, memory.count == kernel.memorySize, (0...kernel.warmUp).contains(remaining) else {
            throw IndicatorError(
                .badSnapshot, "the snapshot of \(K.self) contradicts itself; compute it anew from bars")
        }
    }
}
