/// The name of one execution of a workflow.
public struct RunID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The name as text.
    public let text: String

    /// A run's name, unique among all runs of a journal.
    public init(_ text: String) {
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }

    public var description: String { text }
}
