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

    /// Whether its positions lie inside a memory of `memorySize`; asked of decoded kernels only.
    var isSound: Bool { get }
}

extension Kernel {
    var memorySize: Int { 0 }
    static var usesMemory: Bool { false }
    var isSound: Bool { true }
}

/// A kernel whose recurrence is the same from the first input on.
protocol UniformKernel: Kernel {}

extension UniformKernel {
    @inline(__always)
    mutating func prime(_ input: Input, _ memory: inout MutableSpan<Double>) -> Output {
        step(input, &memory)
    }
}
