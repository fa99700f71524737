/// The sum of the last `length` values, without subtraction: it neither drifts nor remembers what has left.
///
/// Blocks as in `RollingMean`.
struct RollingSum: Sendable, Equatable, Codable {
    let offset: Int
    let length: Int
    private var position = 0
    private var head = 0.0

    /// Uses `size(length)` numbers of memory from `offset` on.
    init(at offset: Int = 0, length: Int) {
        self.offset = offset
        self.length = length
    }

    static func size(_ length: Int) -> Int { length + 1 }
    var end: Int { offset + RollingSum.size(length) }
    var isSound: Bool { offset >= 0 && length > 0 && (0..<length).contains(position) }

    /// Takes a value and returns the sum; of fewer values until `length` have come.
    @inline(__always)
    mutating func push(_ value: Double, _ memory: inout MutableSpan<Double>) -> Double {
        let slot = offset &+ position
        head += value
        let sum = head + memory[unchecked: slot &+ 1]
        memory[unchecked: slot] = value
        position &+= 1
        if position == length { startBlock(&memory) }
        return sum
    }

    @inline(__always)
    private mutating func startBlock(_ memory: inout MutableSpan<Double>) {
        var tail = 0.0
        var slot = offset &+ length
        while slot > offset {
            slot &-= 1
            tail += memory[unchecked: slot]
            memory[unchecked: slot] = tail
        }
        position = 0
        head = 0
    }
}
