public import Determinism
import WorkflowDocuments
public import WorkflowModel

extension DefinitionLibrary {
    /// Keeps the workflows of a document as first versions; throws every problem of the document, and where one of the
    /// names is taken.
    public func create(
        _ text: String, file: String, note: String = "", at time: Timestamp
    ) throws -> [StoredDefinition] {
        let read = try definitions(text, file: file)
        let taken = try Set(all().map(\.name))
        if let clash = read.first(where: { taken.contains($0.name) }) {
            throw LibraryError(
                .exists,
                "there is a workflow '\(clash.name)' already; 'workflow update \(quoted(clash.name))' changes it")
        }
        let made = read.map { definition in
            StoredDefinition(
                definition.name, version: 1, document(definition, text, file, alone: read.count == 1), created: time,
                note: note)
        }
        try keep(made)
        return made
    }

    /// The versions that a document's workflows have: those kept where they say the same, else new ones.
    public func adopt(_ text: String, file: String, at time: Timestamp) throws -> [StoredDefinition] {
        let read = try definitions(text, file: file)
        var adopted: [StoredDefinition] = []
        for definition in read {
            let written = document(definition, text, file, alone: read.count == 1)
            adopted.append(try adopt(definition, written, file: file, at: time))
        }
        try keep(adopted)
        return adopted
    }

    private func adopt(
        _ definition: WorkflowDefinition, _ written: (document: String, format: DocumentFormat), file: String,
        at time: Timestamp
    ) throws -> StoredDefinition {
        let versions = try all().filter { $0.name == definition.name }
        guard let newest = versions.last else {
            return StoredDefinition(definition.name, version: 1, written, created: time, note: "from \(file)")
        }
        if try plan(newest).definition == definition { return newest }
        return StoredDefinition(
            definition.name, version: newest.version + 1, written, created: time, changedFrom: newest.version,
            note: "from \(file)")
    }

    /// Makes a new version with values replaced, `["steps[2].params.threshold": 0.9]`; runs in flight keep theirs.
    ///
    /// Throws with every path that leads nowhere and everything that would be wrong, and where nothing would change.
    public func update(
        _ name: String, _ changes: [String: Value], note: String = "", at time: Timestamp
    ) throws -> StoredDefinition {
        let old = try definition(name)
        let text = try WorkflowDocument.update(
            old.document, name: old.file, changes, workflow: name, options: options)
        let made = StoredDefinition(
            name, version: old.version + 1, (text, old.format), created: time, changedFrom: old.version, note: note)
        let plan = try plan(made)
        guard try plan.definition != self.plan(old).definition else {
            throw LibraryError(.unchanged, "'\(name)' version \(old.version) says that already; nothing was changed")
        }
        // A version that only the program ships is kept before the one made from it.
        try keep(old.isShipped ? [old, made] : [made])
        return made
    }

    /// What is wrong with a document; its workflows where nothing is.
    public func definitions(_ text: String, file: String) throws -> [WorkflowDefinition] {
        let definitions = try WorkflowDocument.read(text, name: file, options: options).get()
        for definition in definitions { _ = try WorkflowPlan(definition) }
        guard !definitions.isEmpty else {
            throw LibraryError(.document, "\(file) describes no workflow; it needs a name and steps or stages")
        }
        return definitions
    }

    /// The text as given where it is about one workflow, which keeps its comments; else this workflow's own.
    private func document(
        _ definition: WorkflowDefinition, _ text: String, _ file: String, alone: Bool
    ) -> (document: String, format: DocumentFormat) {
        let format = file.hasSuffix(".json") ? DocumentFormat.json : .yaml
        return (alone ? text : WorkflowDocument.write(definition, as: format), format)
    }

    private func quoted(_ name: String) -> String { name.contains(" ") ? "\"\(name)\"" : name }
}
