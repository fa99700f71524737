/// The sum of the last `length` values with weights 1 for the oldest to `length` for the newest.
///
/// Blocks as in `RollingSum`: a slot of the block before holds the weighted sum from there to its end, weights from 1.
struct RollingWeightedSum: Sendable, Equatable, Codable {
    let offset: Int
    let length: Int
    private var position = 0
    /// The plain sum of the present block.
    private var head = 0.0
    /// What its values lack to full weight: each value times its age.
    private var aged = 0.0

    init(at offset: Int = 0, length: Int) {
        self.offset = offset
        self.length = length
    }

    static func size(_ length: Int) -> Int { length + 1 }
    var isSound: Bool { offset >= 0 && length > 0 && (0..<length).contains(position) }

    /// Takes a value and returns the weighted sum; meaningful once `length` values have come.
    @inline(__always)
    mutating func push(_ value: Double, _ memory: inout MutableSpan<Double>) -> Double {
        let slot = offset &+ position
        aged += head
        head += value
        let sum = (head * Double(length) - aged) + memory[unchecked: slot &+ 1]
        memory[unchecked: slot] = value
        position &+= 1
        if position == length { startBlock(&memory) }
        return sum
    }

    @inline(__always)
    private mutating func startBlock(_ memory: inout MutableSpan<Double>) {
        var plain = 0.0
        var weighted = 0.0
        var slot = offset &+ length
        while slot > offset {
            slot &-= 1
            plain += memory[unchecked: slot]
            weighted += plain
            memory[unchecked: slot] = weighted
        }
        position = 0
        head = 0
        aged = 0
    }
}
