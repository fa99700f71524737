/// The value of `length` inputs ago.
struct Delay: Sendable, Equatable, Codable {
    let length: Int
    private var position = 0

    init(length: Int) {
        self.length = length
    }

    var isSound: Bool { length > 0 && (0..<length).contains(position) }

    /// Takes a value and returns the one that came `length` inputs before; 0 until then.
    @inline(__always)
    mutating func push(_ value: Double, _ memory: inout MutableSpan<Double>) -> Double {
        let old = memory[unchecked: position]
        memory[unchecked: position] = value
        position = position &+ 1 == length ? 0 : position &+ 1
        return old
    }
}
