/// The largest of the last `length` values; for the smallest, push negated values.
///
/// Blocks as in `RollingMean`, so a value costs three comparisons whatever the length.
struct RollingMaximum: Sendable, Equatable, Codable {
    let offset: Int
    let length: Int
    private var position = 0
    private var head = -Double.greatestFiniteMagnitude

    init(at offset: Int = 0, length: Int) {
        self.offset = offset
        self.length = length
    }

    static func size(_ length: Int) -> Int { length + 1 }
    var end: Int { offset + RollingMaximum.size(length) }
    var isSound: Bool { offset >= 0 && length > 0 && (0..<length).contains(position) }

    /// Takes a value and returns the largest; meaningful once `length` values have come.
    @inline(__always)
    mutating func push(_ value: Double, _ memory: inout MutableSpan<Double>) -> Double {
        let slot = offset &+ position
        head = larger(value, head)
        position &+= 1
        guard position < length else {
            memory[unchecked: slot] = value
            defer { startBlock(&memory) }
            return head
        }
        let largest = larger(memory[unchecked: slot &+ 1], head)
        memory[unchecked: slot] = value
        return largest
    }

    @inline(__always)
    private mutating func startBlock(_ memory: inout MutableSpan<Double>) {
        var tail = -Double.greatestFiniteMagnitude
        var slot = offset &+ length
        while slot > offset {
            slot &-= 1
            tail = larger(memory[unchecked: slot], tail)
            memory[unchecked: slot] = tail
        }
        position = 0
        head = -Double.greatestFiniteMagnitude
    }
}

/// One machine instruction, unlike `max`, which orders NaN.
@inline(__always)
func larger(_ left: Double, _ right: Double) -> Double {
    left > right ? left : right
}
