import Determinism
import Foundation
public import WorkflowDocuments
public import WorkflowEngine
public import WorkflowModel

/// Every version of every workflow of a desk, kept as documents beside the journal of its runs.
///
/// Nothing is ever taken out or overwritten, so that every run can be read with the version that it began with.
public struct DefinitionLibrary: Sendable {
    /// A document that comes with the program.
    public typealias Shipped = (name: String, text: String)

    let journal: any Journal
    let options: DocumentOptions
    private let shipped: [StoredDefinition]

    /// The library of a journal; a shipped workflow is there from the start, until another version of it is made.
    ///
    /// Throws where a shipped document is not sound.
    public init(
        _ journal: any Journal, options: DocumentOptions, shippedDocuments: [Shipped] = []
    ) throws {
        self.journal = journal
        self.options = options
        shipped = try shippedDocuments.flatMap { document in
            try WorkflowDocument.read(document.text, name: document.name, options: options).get().map { definition in
                StoredDefinition(
                    definition.name, version: 1, (document.text, .yaml), created: DefinitionLibrary.shipping,
                    note: "comes with the program", isShipped: true)
            }
        }
    }

    /// What is said to be the moment at which shipped workflows were made.
    private static let shipping = Timestamp(nanoseconds: 0)

    /// Every version in the order of the names, oldest first.
    public func all() throws -> [StoredDefinition] {
        let stored = try journal.values(of: DefinitionLibrary.kind).map { key, bytes in
            try DefinitionLibrary.decode(bytes, key)
        }
        let names = Set(stored.map(\.name))
        return (stored + shipped.filter { !names.contains($0.name) })
            .sorted { ($0.name, $0.version) < ($1.name, $1.version) }
    }

    /// The newest version of each workflow in the order of the names.
    public func newest() throws -> [StoredDefinition] {
        var newest: [String: StoredDefinition] = [:]
        for definition in try all() { newest[definition.name] = definition }
        return newest.values.sorted { $0.name < $1.name }
    }

    /// Every version of a workflow, oldest first; throws where there is none.
    public func versions(of name: String) throws -> [StoredDefinition] {
        let all = try all()
        let found = all.filter { $0.name == name }
        guard found.isEmpty else { return found }
        let known = Set(all.map(\.name)).sorted()
        let hint =
            known.isEmpty
            ? "none is kept; 'workflow create FILE' keeps one" : "known are \(known.joined(separator: ", "))"
        throw LibraryError(.unknown, "there is no workflow '\(name)'; \(hint)")
    }

    /// A version of a workflow, the newest where none is named; throws where there is none.
    public func definition(_ name: String, version: Int? = nil) throws -> StoredDefinition {
        let versions = try versions(of: name)
        guard let version else { return versions[versions.count - 1] }
        guard let found = versions.first(where: { $0.version == version }) else {
            let known = versions.map { "\($0.version)" }.joined(separator: ", ")
            throw LibraryError(.unknown, "there is no version \(version) of '\(name)', but \(known)")
        }
        return found
    }

    /// What the document of a version says.
    public func plan(_ stored: StoredDefinition) throws -> WorkflowPlan {
        let reading = try WorkflowDocument.read(stored.document, name: stored.file, options: options).get()
        guard let definition = reading.first(where: { $0.name == stored.name }) else {
            throw LibraryError(.corrupt, "the document of '\(stored.name)' version \(stored.version) lacks it")
        }
        return try WorkflowPlan(definition, version: stored.version)
    }

    /// The plans that a service needs: the newest of each workflow, and those that open runs follow.
    public func plans() throws -> [WorkflowPlan] {
        let all = try all()
        let open = Set(try journal.openRuns().map { StoredKey(name: $0.header.workflow, version: $0.header.version) })
        let newest = Set(try newest().map { StoredKey(name: $0.name, version: $0.version) })
        return try all.filter { stored in
            let key = StoredKey(name: stored.name, version: stored.version)
            return open.contains(key) || newest.contains(key)
        }.map(plan)
    }

    private struct StoredKey: Hashable {
        let name: String
        let version: Int
    }

    // MARK: - Storing

    static let kind = "definition"

    func keep(_ definitions: [StoredDefinition]) throws {
        var batch = JournalBatch()
        for definition in definitions {
            let key = StateKey(DefinitionLibrary.kind, "\(definition.name)@\(definition.version)")
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            batch.states[key] = [UInt8](try encoder.encode(definition))
        }
        try journal.commit(batch)
    }

    private static func decode(_ bytes: [UInt8], _ key: String) throws -> StoredDefinition {
        do {
            return try JSONDecoder().decode(StoredDefinition.self, from: Data(bytes))
        } catch {
            throw LibraryError(.corrupt, "the stored workflow '\(key)' cannot be read: \(error)")
        }
    }
}
