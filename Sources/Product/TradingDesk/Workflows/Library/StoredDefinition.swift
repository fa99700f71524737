public import Determinism
public import WorkflowDocuments

/// One version of a workflow as a library keeps it.
public struct StoredDefinition: Sendable, Hashable, Codable {
    /// The workflow's name.
    public let name: String
    /// The count of its changes, from 1; a run keeps the version that it began with.
    public let version: Int
    /// The document, which describes this workflow alone.
    public let document: String
    /// When this version was made.
    public let created: Timestamp
    /// The version it was made from; nil where it was written anew.
    public let changedFrom: Int?
    /// What the change was about, for people.
    public let note: String
    /// Whether it came with the program.
    public let isShipped: Bool
    private let isJSON: Bool

    init(
        _ name: String, version: Int, _ text: (document: String, format: DocumentFormat), created: Timestamp,
        changedFrom: Int? = nil, note: String = "", isShipped: Bool = false
    ) {
        self.name = name
        self.version = version
        document = text.document
        isJSON = text.format == .json
        self.created = created
        self.changedFrom = changedFrom
        self.note = note
        self.isShipped = isShipped
    }

    /// How the document is spelled.
    public var format: DocumentFormat { isJSON ? .json : .yaml }

    /// A name for the document, as messages about it have it: `trading-saga.yaml`.
    public var file: String { "\(name).\(format.rawValue)" }

    private enum CodingKeys: String, CodingKey {
        case name, version, document, created, note
        case changedFrom = "changed_from"
        case isShipped = "shipped"
        case isJSON = "json"
    }
}
