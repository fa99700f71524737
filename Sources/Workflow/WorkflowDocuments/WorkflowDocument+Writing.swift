internal import Configuration
public import WorkflowModel

/// How a document is spelled.
public enum DocumentFormat: String, Sendable, Hashable, CaseIterable {
    /// YAML in blocks.
    case yaml
    /// JSON with the keys in the order of YAML.
    case json
}

extension WorkflowDocument {
    /// A definition as a document, always the same for equal definitions, that reads back to an equal one.
    ///
    /// What equals the usual limits is left out. Written as stages where it has stages, else as steps; steps that were
    /// conditional are put together again. What no document can say is lost: parts of a nanosecond, a task's work of a
    /// type that is called like one of the engine's own (`wait`, `join`…) and steps that wait for later ones.
    public static func write(_ definition: WorkflowDefinition, as format: DocumentFormat = .yaml) -> String {
        let tree = DefinitionTree(definition: definition).tree
        return format == .json ? JSONWriter.text(of: tree) : YAMLWriter.text(of: tree)
    }
}
