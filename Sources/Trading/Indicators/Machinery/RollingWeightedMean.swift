/// The mean of the last `length` values with weights 1 for the oldest to `length` for the newest.
///
/// Blocks and reference as in `RollingMean`; a slot of the block before holds the weighted sum from there to its end.
struct RollingWeightedMean: Sendable, Equatable, Codable {
    let length: Int
    private let share: Double
    private let newest: Double
    private var position: Int
    private var reference = 0.0
    /// The plain sum of the present block.
    private var head = 0.0
    /// What its values lack to full weight: each value times its age.
    private var aged = 0.0

    init(length: Int) {
        self.length = length
        newest = Double(length)
        share = 2 / (newest * (newest + 1))
        position = length
    }

    static func size(_ length: Int) -> Int { length + 1 }
    var isSound: Bool { length > 0 && (0...length).contains(position) }
    @inline(__always) var reach: Int { length &- position }

    @inline(__always)
    mutating func pushInBlock(_ value: Double, _ memory: inout MutableSpan<Double>) -> Double {
        aged += head
        head += value - reference
        let slot = position
        let sum = head * newest - aged + memory[unchecked: slot &+ 1]
        memory[unchecked: slot] = value
        position &+= 1
        return reference + sum * share
    }

    @inline(__always)
    mutating func startBlock(at value: Double, _ memory: inout MutableSpan<Double>) {
        var plain = 0.0
        var weighted = 0.0
        var slot = length &- 1
        while slot > 0 {
            plain += memory[unchecked: slot] - value
            weighted += plain
            memory[unchecked: slot] = weighted
            slot &-= 1
        }
        position = 0
        reference = value
        head = 0
        aged = 0
    }
}
