internal import Configuration
public import WorkflowModel

/// A text, YAML or JSON, that describes workflows as stages of tasks or as steps.
public enum WorkflowDocument {
    /// Reads every workflow of a text: of one document, of several, or of a list.
    ///
    /// Never throws: what is wrong is in the answer, all of it. A name that ends in `.json` is read as strict JSON,
    /// anything else as YAML, which most JSON is as well.
    public static func read(
        _ bytes: some Collection<UInt8>, name file: String, options: DocumentOptions = DocumentOptions()
    ) -> DocumentReading {
        let log = ProblemLog(file: file)
        let reader = WorkflowReader(options: options, log: log)
        let elements = DocumentTree.workflows(in: bytes, log: log)
        var definitions: [WorkflowDefinition] = []
        var lines: [String: Int] = [:]
        for element in elements {
            guard let definition = reader.read(element) else { continue }
            if let line = lines.updateValue(element.node.position.line, forKey: definition.name) {
                element.report("the workflow '\(definition.name)' stands already in line \(line)")
            } else {
                definitions.append(definition)
            }
        }
        return DocumentReading(definitions: definitions, problems: log.sorted)
    }

    /// Reads a text.
    public static func read(
        _ text: String, name file: String, options: DocumentOptions = DocumentOptions()
    ) -> DocumentReading {
        read(Array(text.utf8), name: file, options: options)
    }
}

/// What a document says.
public struct DocumentReading: Sendable, Hashable {
    /// The workflows with which nothing is wrong, in the order of the document.
    public let definitions: [WorkflowDefinition]
    /// What is wrong, in the order of the document.
    public let problems: [DocumentProblem]

    /// The workflows; throws every problem where there is any.
    public func get() throws(DocumentError) -> [WorkflowDefinition] {
        guard problems.isEmpty else { throw DocumentError(problems) }
        return definitions
    }
}
