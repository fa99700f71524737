/// The mean of the last `length` values, of equal ones that very value.
///
/// Values come in blocks of `length`. A window is what the present block has so far and what is left of the block before,
/// whose slots hold sums from there to its end (the scheme of M. van Herk, 1992, known from running maxima): nothing is
/// subtracted, so nothing drifts and nothing that has left is remembered. Sums are of distances to a reference, the first
/// value of the present block, which lies in every window that ends in the block.
struct RollingMean: Sendable, Equatable, Codable {
    let offset: Int
    let length: Int
    private let share: Double
    private var position: Int
    private var reference = 0.0
    private var head = 0.0

    /// Uses `size(length)` numbers of memory from `offset` on.
    init(at offset: Int = 0, length: Int) {
        self.offset = offset
        self.length = length
        share = 1 / Double(length)
        position = length
    }

    static func size(_ length: Int) -> Int { length + 1 }
    var end: Int { offset + RollingMean.size(length) }
    var isSound: Bool { offset >= 0 && length > 0 && (0...length).contains(position) }

    /// How many values the present block still takes.
    @inline(__always) var reach: Int { length &- position }

    /// Takes a value and returns the mean; meaningful once `length` values have come.
    @inline(__always)
    mutating func push(_ value: Double, _ memory: inout MutableSpan<Double>) -> Double {
        if reach == 0 { startBlock(at: value, &memory) }
        return pushInBlock(value, &memory)
    }

    @inline(__always)
    mutating func pushInBlock(_ value: Double, _ memory: inout MutableSpan<Double>) -> Double {
        head += value - reference
        let slot = offset &+ position
        let sum = head + memory[unchecked: slot &+ 1]
        memory[unchecked: slot] = value
        position &+= 1
        return reference + sum * share
    }

    @inline(__always)
    mutating func startBlock(at value: Double, _ memory: inout MutableSpan<Double>) {
        var tail = 0.0
        var slot = offset &+ length &- 1
        while slot > offset {
            tail += memory[unchecked: slot] - value
            memory[unchecked: slot] = tail
            slot &-= 1
        }
        position = 0
        reference = value
        head = 0
    }
}
