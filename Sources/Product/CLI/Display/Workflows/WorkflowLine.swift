import DeskCommands
import TradingDesk
import WorkflowModel

/// A workflow as an object for programs.
enum WorkflowLine {
    /// The object, with what only some questions ask for.
    static func object(
        _ stored: StoredDefinition, _ plan: WorkflowPlan, openRuns: Int, more: [String: JSONValue] = [:]
    ) -> JSONValue {
        let value = WorkflowAnswer.value(stored, plan, openRuns: openRuns, steps: WorkflowHome.steps)
        guard case .object(let fields) = JSONValue(value, type: "workflow") else { return .null }
        return .object(fields.merging(more) { $1 })
    }
}
