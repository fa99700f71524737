/// Mean and variance of the last `length` values, exact to a few units in the last place at any offset.
///
/// Blocks and reference as in `RollingMean`, with sums of squared distances beside. As the reference lies in the window,
/// its squared distance to the mean is never large against the variance, and nothing cancels.
struct RollingMoments: Sendable, Equatable, Codable {
    let length: Int
    private let share: Double
    private let divisor: Double
    private var position: Int
    private var reference = 0.0
    private var head = 0.0
    private var headSquares = 0.0

    /// Divides the variance by `length - correction`: 0 for a population, 1 for a sample (never by zero).
    init(length: Int, correction: Int) {
        self.length = length
        share = 1 / Double(length)
        divisor = 1 / Double(max(1, length - correction))
        position = length
    }

    static func size(_ length: Int) -> Int { 2 * (length + 1) }
    var isSound: Bool { length > 0 && (0...length).contains(position) }
    @inline(__always) var reach: Int { length &- position }

    /// Takes a value; meaningful once `length` values have come.
    @inline(__always)
    mutating func pushInBlock(_ value: Double, _ memory: inout MutableSpan<Double>) -> (mean: Double, variance: Double)
    {
        let distance = value - reference
        head += distance
        headSquares += distance * distance
        let slot = position
        let sum = head + memory[unchecked: slot &+ 1]
        let squares = headSquares + memory[unchecked: slot &+ length &+ 2]
        memory[unchecked: slot] = value
        position &+= 1
        let shift = sum * share
        return (reference + shift, larger((squares - sum * shift) * divisor, 0))
    }

    @inline(__always)
    mutating func startBlock(at value: Double, _ memory: inout MutableSpan<Double>) {
        position = 0
        reference = value
        head = 0
        headSquares = 0
        var tail = 0.0
        var tailSquares = 0.0
        var slot = length &- 1
        while slot > 0 {
            let distance = memory[unchecked: slot] - value
            tail += distance
            tailSquares += distance * distance
            memory[unchecked: slot] = tail
            memory[unchecked: slot &+ length &+ 1] = tailSquares
            slot &-= 1
        }
    }
}
