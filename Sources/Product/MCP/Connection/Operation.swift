import DeskCommands
import WorkflowModel

/// Long work: the command that starts it, the one that shows it, and the one that ends it early.
struct Operation: Sendable, Hashable {
    let start: String
    let show: String
    let cancel: String
    /// The field that names the work, in what starts it and in what asks about it.
    let name: String

    static let all = [
        Operation(start: "backtests.run", show: "backtests.show", cancel: "backtests.cancel", name: "id"),
        Operation(start: "workflows.run", show: "runs.show", cancel: "runs.cancel", name: "execution_id"),
    ]

    /// What a command starts; nil for one that is done when it answers.
    static func started(by command: DeskCommand) -> Operation? { all.first { $0.start == command.name } }

    /// Whether the work goes on and needs nobody.
    static func isRunning(_ answer: Value) -> Bool {
        answer["waits_for_person"] != true && ["running", "queued", "pending", "stopping"].contains(state(of: answer))
    }

    /// How far the work is.
    static func progress(of answer: Value) -> JobProgress {
        let done = isRunning(answer) ? min(0.99, max(0, share(of: answer))) : 1
        let waits = answer["waits_for_person"] == true ? ", waits for a person" : ""
        return JobProgress(done: done, message: "\(state(of: answer)), \(Int((done * 100).rounded())) %\(waits)")
    }

    private static func state(of answer: Value) -> String {
        answer["state"]?.text ?? answer["status"]?.text ?? "done"
    }

    private static func share(of answer: Value) -> Double {
        if let share = answer["progress"]?.number { return share }
        guard let done = answer["tasks_done"]?.number, let total = answer["tasks_total"]?.number, total > 0 else {
            return 0
        }
        return done / total
    }
}
