/// The name of a queue, unique in a store.
public struct QueueName: Sendable, Hashable, Comparable, Codable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The name as text.
    public let text: String

    /// A queue's name.
    public init(_ text: String) {
        self.text = text
    }

    public init(stringLiteral text: String) {
        self.init(text)
    }

    /// Where messages go that cannot be handled, unless a queue's settings say otherwise: `dead-letter-queue`.
    public static let deadLetters = QueueName("dead-letter-queue")

    public static func < (left: QueueName, right: QueueName) -> Bool { left.text < right.text }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}
