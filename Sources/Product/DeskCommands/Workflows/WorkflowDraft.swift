import WorkflowModel

/// A workflow as callers write it: as a document, or as a name with steps.
struct WorkflowDraft: Sendable {
    private static let document = Field<String>.text(
        "document", "A YAML or JSON text, in place of everything else", upTo: 1_000_000
    ).optional
    private static let name = Field<String>.text("name", "Its name", upTo: 200).optional
    private static let about = Field<String>.text("description", "What it is for", upTo: 2000).optional
    private static let steps = Field<Value>.value(
        "steps", .list(.anyObject, upTo: 10_000), "Steps with name, type, params, condition…"
    ).optional
    private static let stages = Field<Value>.value("stages", .any, "Stages of tasks, in place of steps").optional
    private static let triggers = Field<Value>.value(
        "triggers", .list(.anyObject, upTo: 1000), "What starts it: {\"type\": \"schedule\", \"cron\": …}"
    ).optional
    private static let priority = Field<Value>.value(
        "priority", .any, "0 to 10, or LOW, MEDIUM, HIGH or CRITICAL"
    ).optional
    private static let metadata = Field<Value>.object("metadata", "Anything to be kept beside it").optional

    static let fields = [
        document.description, name.description, about.description, steps.description, stages.description,
        triggers.description, priority.description, metadata.description,
    ]

    /// The document's text.
    let text: String
    /// What messages call it; its end says how it is spelled.
    let file: String
    /// Whether the caller wrote the document, so that its lines mean something.
    let isDocument: Bool
    /// What is to be kept beside it; nil for nothing.
    let metadata: Value?

    /// What arguments ask for; throws where they hold neither a document nor a name, or both.
    init(_ arguments: CommandArguments) throws {
        metadata = try arguments[WorkflowDraft.metadata]
        let name = try arguments[WorkflowDraft.name]
        if let document = try arguments[WorkflowDraft.document] {
            guard name == nil, try arguments[WorkflowDraft.steps] == nil else {
                throw CommandProblem.invalid([FieldFault("document", "stands alone: it holds name and steps itself")])
            }
            let isJSON = document.drop(while: \.isWhitespace).first == "{"
            (text, file, isDocument) = (document, isJSON ? "document.json" : "document.yaml", true)
            return
        }
        guard let name else { throw CommandProblem.invalid([FieldFault("name", "is missing, and so is document")]) }
        let parts: [String: Value?] = [
            "name": .text(name), "description": try arguments[WorkflowDraft.about].map(Value.text),
            "steps": try arguments[WorkflowDraft.steps], "stages": try arguments[WorkflowDraft.stages],
            "triggers": try arguments[WorkflowDraft.triggers], "priority": try arguments[WorkflowDraft.priority],
        ]
        text = String(decoding: try Value.object(parts.compactMapValues { $0 }).json(), as: UTF8.self)
        (file, isDocument) = ("workflow.json", false)
    }
}
