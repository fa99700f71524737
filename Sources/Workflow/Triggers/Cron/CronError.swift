/// What is wrong with a cron expression.
public struct CronError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The field it is about; nil where it is about the expression as a whole.
    public let field: CronField?
    /// Where, counted from 1 in characters of the whole expression.
    public let column: Int
    /// What is wrong and what would be right.
    public let message: String

    init(_ field: CronField?, column: Int, _ message: String) {
        self.field = field
        self.column = column
        self.message = message
    }

    public var description: String {
        guard let field else { return "column \(column): \(message)" }
        return "column \(column), \(field.name): \(message)"
    }
}
