import TradingDesk
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Makes and changes workflows.
struct WorkflowChange: Sendable {
    private let context: CommandContext
    private var workflows: WorkflowServices { context.services.workflows }

    init(_ context: CommandContext) {
        self.context = context
    }

    /// Tells what a draft describes; throws with everything that is wrong with it.
    func check(_ draft: WorkflowDraft) throws -> Value {
        let found = try telling(draft) { try workflows.library.definitions(draft.text, file: draft.file) }
        return ["valid": true, "workflows": .texts(found.map(\.name))]
    }

    /// Keeps a draft's workflows as first versions.
    func create(_ draft: WorkflowDraft, note: String) throws -> Value {
        let made = try telling(draft) {
            try workflows.library.create(draft.text, file: draft.file, note: note, at: context.time)
        }
        if let metadata = draft.metadata {
            let bytes = try metadata.json()
            let states = made.map { (StateKey(WorkflowMetadata.kind, $0.name), bytes as [UInt8]?) }
            try workflows.journal.commit(JournalBatch(states: Dictionary(states) { $1 }))
        }
        return try answer(made, metadata: draft.metadata, affected: [])
    }

    /// Makes a new version with values replaced.
    func update(_ name: String, _ changes: [String: Value], note: String) throws -> Value {
        guard !changes.isEmpty else { throw CommandProblem.invalid([FieldFault("updates", "is empty")]) }
        let made = try telling(nil) {
            try workflows.library.update(name, changes, note: note, at: context.time)
        }
        let metadata = try workflows.journal.value(of: StateKey(WorkflowMetadata.kind, name))
        return try answer(
            [made], metadata: metadata.flatMap { try? Value(json: $0) },
            affected: try workflows.library.affected(by: made))
    }

    private func answer(_ made: [StoredDefinition], metadata: Value?, affected: [AffectedRun]) throws -> Value {
        if workflows.holder() != nil { _ = try workflows.box.send(.reload, at: context.time) }
        guard let first = made.first else { throw CommandProblem(.failed, "nothing was made") }
        let open = try workflows.journal.openRuns().count { $0.header.workflow == first.name }
        let value = WorkflowAnswer.value(
            first, try workflows.plan(first), openRuns: open, steps: workflows.steps)
        return value.adding([
            "metadata": metadata ?? .null, "workflows": .texts(made.map(\.name)),
            "affected_runs": .list(affected.map(WorkflowAnswer.value)),
        ])
    }

    /// Does something with a library and tells its trouble field by field.
    func telling<Result>(_ draft: WorkflowDraft?, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LibraryError {
            throw CommandProblem(error)
        } catch let error as DocumentError {
            throw CommandProblem.invalid(error.problems.map { WorkflowChange.fault($0, draft) })
        } catch let error as WorkflowPlanError {
            throw CommandProblem.invalid(error.problems.map { FieldFault($0.field, $0.message) })
        }
    }

    /// In a document the line is named, in steps the way to the value.
    private static func fault(_ problem: DocumentProblem, _ draft: WorkflowDraft?) -> FieldFault {
        guard let draft else { return FieldFault("updates.\(problem.path)", problem.message) }
        guard draft.isDocument else { return FieldFault(problem.path, problem.message) }
        let place = problem.path.isEmpty ? "" : "\(problem.path): "
        return FieldFault("document:\(problem.line)", "\(place)\(problem.message)")
    }
}
