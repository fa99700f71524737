/// The recurrence of an indicator: plain numbers, plus a memory that its machine owns.
///
/// A kernel is copied into registers for a whole series, so it holds no references.
protocol Kernel: Sendable, Equatable, Codable {
    associatedtype Input
    associatedtype Output: IndicatorOutput

    /// How many numbers of memory it needs; constant, and zero exactly where `usesMemory` is false.
    var memorySize: Int { get }

    /// False for kernels that are plain numbers alone.
    static var usesMemory: Bool { get }

    /// How many inputs the first output takes.
    var warmUp: Int { get }

    /// Takes one of the first `warmUp` inputs; what the last of them returns is the first output.
    mutating func prime(_ input: Input, _ memory: inout MutableSpan<Double>) -> Output

    /// Takes an input after those.
    mutating func step(_ input: Input, _ memory: inout MutableSpan<Double>) -> Output

    /// Takes the inputs of a range after those, and writes what `step` would return.
    mutating func run(
        _ range: Range<Int>, of count: Int, _ memory: inout MutableSpan<Double>, into output: inout MutableSpan<Double>,
        input: (Int) -> Input)

    /// Whether its positions lie inside a memory of `memorySize`; asked of decoded kernels only.
    var isSound: Bool { get }
}

extension Kernel {
    var memorySize: Int { 0 }
    static var usesMemory: Bool { false }
    var isSound: Bool { true }

    @inline(__always)
    mutating func run(
        _ range: Range<Int>, of count: Int, _ memory: inout MutableSpan<Double>, into output: inout MutableSpan<Double>,
        input: (Int) -> Input
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            step(input(index), &memory).write(to: &output, at: index, stride: count)
            index &+= 1
        }
    }
}

/// A kernel whose recurrence is the same from the first input on.
protocol UniformKernel: Kernel {}

extension UniformKernel {
    @inline(__always)
    mutating func prime(_ input: Input, _ memory: inout MutableSpan<Double>) -> Output {
        step(input, &memory)
    }
}

/// A kernel over a window that is kept in blocks, so that the machine can run a block without asking where it ends.
protocol BlockKernel: UniformKernel {
    /// How many inputs the present block still takes; 0 before the first.
    var reach: Int { get }

    /// Makes ready for a block that begins with `input`, which `stepInBlock` then takes.
    mutating func startBlock(at input: Input, _ memory: inout MutableSpan<Double>)

    /// Takes an input of the present block.
    mutating func stepInBlock(_ input: Input, _ memory: inout MutableSpan<Double>) -> Output
}

extension BlockKernel {
    static var usesMemory: Bool { true }

    @inline(__always)
    mutating func step(_ input: Input, _ memory: inout MutableSpan<Double>) -> Output {
        if reach == 0 { startBlock(at: input, &memory) }
        return stepInBlock(input, &memory)
    }

    @inline(__always)
    mutating func run(
        _ range: Range<Int>, of count: Int, _ memory: inout MutableSpan<Double>, into output: inout MutableSpan<Double>,
        input: (Int) -> Input
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            if reach == 0 { startBlock(at: input(index), &memory) }
            let end = min(range.upperBound, index &+ reach)
            while index < end {
                stepInBlock(input(index), &memory).write(to: &output, at: index, stride: count)
                index &+= 1
            }
        }
    }
}
