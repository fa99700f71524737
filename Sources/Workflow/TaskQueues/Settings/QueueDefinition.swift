/// A queue's name with its settings, as a document gives them: the settings and `name` side by side.
public struct QueueDefinition: Sendable, Hashable, Codable {
    /// The queue's name.
    public let name: QueueName
    /// How it treats its messages.
    public let settings: QueueSettings

    private enum Key: CodingKey {
        case name
    }

    /// A queue's name with its settings.
    public init(_ name: QueueName, _ settings: QueueSettings = QueueSettings()) {
        self.name = name
        self.settings = settings
    }

    /// Reads `name` and the settings beside it.
    ///
    /// What is absent is as in `QueueSettings()`, for `dead-letter-queue` as in `QueueSettings.records`.
    public init(from decoder: any Decoder) throws {
        name = try decoder.container(keyedBy: Key.self).decode(QueueName.self, forKey: .name)
        settings = try QueueSettings(from: decoder, over: name == .deadLetters ? .records : QueueSettings())
    }

    /// Writes `name` and the settings beside it.
    public func encode(to encoder: any Encoder) throws {
        try settings.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
    }
}
