import Foundation
public import WorkflowDocuments
public import WorkflowEngine
public import WorkflowModel

/// A recorded run in one file: the definition it followed and everything that happened, to be replayed anywhere.
public struct HistoryFile: Sendable, Codable {
    /// The layout of the file.
    public private(set) var format = 1
    /// The run.
    public let run: RunID
    /// The version that it followed.
    public let definition: StoredDefinition
    /// Everything that happened.
    public let events: [RecordedEvent]

    /// A run with its definition.
    public init(_ run: RunID, _ definition: StoredDefinition, _ history: [RunEvent]) throws {
        self.run = run
        self.definition = definition
        events = try history.map(RecordedEvent.init)
    }

    /// The file's text.
    public func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return [UInt8](try encoder.encode(self))
    }

    /// Reads a file; throws where it is none, with the place of the trouble.
    public init(_ bytes: [UInt8], name: String) throws {
        do {
            self = try JSONDecoder().decode(HistoryFile.self, from: Data(bytes))
        } catch {
            let place = (error as? DecodingError).map(HistoryFile.place) ?? ""
            throw LibraryError(
                .corrupt, "\(name) is no exported history\(place); 'workflow history RUN --export FILE' writes one")
        }
        guard format == 1 else {
            throw LibraryError(.corrupt, "\(name) has the layout \(format), which this program does not know")
        }
    }

    /// Where a file stops being what it should be, as far as that is known.
    private static func place(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            ": '\((context.codingPath + [key]).map(\.stringValue).joined(separator: "."))' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "" : ": '\(context.codingPath.map(\.stringValue).joined(separator: "."))' is wrong"
        @unknown default: ""
        }
    }

    /// Runs the history against today's machine; throws a `ReplayDivergence` at the first difference.
    public func replay(_ options: DocumentOptions) throws -> RunReport {
        let text = definition.document
        let read = try WorkflowDocument.read(text, name: definition.file, options: options).get()
        guard let found = read.first(where: { $0.name == definition.name }) else {
            throw LibraryError(.corrupt, "the file's document does not describe '\(definition.name)'")
        }
        let plan = try WorkflowPlan(found, version: definition.version)
        return try RunReport(plan, run: run, events.map { try $0.runEvent() })
    }
}
