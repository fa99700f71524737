/// What an indicator gives for one input: one number or a few named ones.
public protocol IndicatorOutput: Sendable, Equatable {
    /// The names of its numbers, in the order of the columns that whole-series calculations write.
    static var columns: [String] { get }

    /// How many numbers it has.
    static var width: Int { get }

    /// The numbers that stand for "not yet": NaN in every column.
    static var absent: Self { get }

    /// Puts its numbers at `index`, `index + stride`, `index + 2 * stride` and so on; the caller vouches for the room.
    func write(to output: inout MutableSpan<Double>, at index: Int, stride: Int)
}

extension Double: IndicatorOutput {
    public static var columns: [String] { ["value"] }
    @inlinable public static var width: Int { 1 }
    @inlinable public static var absent: Double { .nan }

    @inlinable
    public func write(to output: inout MutableSpan<Double>, at index: Int, stride: Int) {
        output[unchecked: index] = self
    }
}
