/// What is wrong with a condition.
public struct ConditionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where, in characters counted from 1.
    public let column: Int
    /// What is wrong and what would be right.
    public let message: String

    /// Trouble at a column.
    public init(column: Int, _ message: String) {
        self.column = column
        self.message = message
    }

    public var description: String { "column \(column): \(message)" }
}
