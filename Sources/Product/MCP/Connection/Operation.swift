import DeskCommands
import WorkflowModel

/// Long work: the command that starts it, the one that shows it, and the one that ends it early.
struct Operation: Sendable, Hashable {
    let start: String
    let show: String
    let cancel: String

    static let all = [
        Operation(start: "backtests.run", show: "backtests.show", cancel: "backtests.cancel"),
        Operation(start: "workflows.run", show: "runs.show", cancel: "runs.cancel"),
    ]

    /// What a command starts; nil for one that is done when it answers.
    static func started(by command: DeskCommand) -> Operation? { all.first { $0.start == command.name } }

    /// The name of what was started; nil where the answer has none.
    static func name(in answer: Value) -> Value? { answer["id"] ?? answer["run"] }

    /// Whether the work goes on.
    static func isRunning(_ answer: Value) -> Bool {
        let state = answer["state"]?.text ?? answer["status"]?.text
        return state.map { ["running", "queued", "pending", "started", "active"].contains($0) } ?? false
    }

    /// How far the work is.
    static func progress(of answer: Value) -> JobProgress {
        let done = min(1, max(0, answer["progress"]?.number ?? (isRunning(answer) ? 0 : 1)))
        let state = answer["state"]?.text ?? answer["status"]?.text ?? "done"
        return JobProgress(done: done, message: "\(state), \(Int((done * 100).rounded(.down))) %")
    }
}
