/// A question about what a run knows, in a small language that can only compare and compute.
public struct Condition: Sendable, Hashable {
    /// The text it was written as.
    public let text: String

    /// A condition; throws with the column where the text makes no sense.
    public init(_ text: String) throws(ConditionError) {
        self.text = text
    }

    /// The answer, for names looked up through `lookup`, which gives nil for what does not exist.
    public func holds(_ lookup: (String) -> Value?) throws(ConditionError) -> Bool {
        throw ConditionError(column: 1, "not made yet")
    }
}

/// What is wrong with a condition.
public struct ConditionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where, counted from 1.
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
