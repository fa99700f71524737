import Configuration
import Determinism
import TradingDesk
import WorkflowEngine
import WorkflowModel

/// A run's tasks and where they stand, for people.
struct WorkflowBoard: Sendable {
    let machine: RunMachine
    let now: Timestamp

    /// The run on one line, then a line for each task, the ones under way kept in sight.
    func lines(width: Int, height: Int, _ style: Styler) -> [String] {
        let rows = table(style, width)
        let room = max(3, height - 3)
        guard rows.count > room else { return [title(style)] + rows }
        let start = min(max(1, firstOpen), max(1, rows.count - room + 1))
        let shown = rows[start..<min(rows.count, start + room - 1)]
        let hidden = rows.count - 1 - shown.count
        return [title(style), rows[0]] + shown + [style("  and \(hidden) more", .dim)]
    }

    /// The row of the first task that is not settled.
    private var firstOpen: Int { (machine.tasks.firstIndex { !$0.state.isSettled } ?? 0) + 1 }

    private func title(_ style: Styler) -> String {
        let state: String
        switch machine.phase {
        case .new: state = "waiting"
        case .running: state = "running"
        case .stopping: state = style("stopping", .yellow)
        case .finished(let outcome):
            state = style(outcome.status.rawValue, outcome.status == .completed ? .green : .red, .bold)
        }
        let span = machine.started.map { NumberText.span(max(.zero, end - $0)) } ?? ""
        let test = machine.header?.isTest == true ? style("  TEST MODE, SIMULATED", .yellow, .bold) : ""
        let name = style(machine.plan.name.escapingControls, .bold)
        return "\(name) version \(machine.plan.version)  \(state)  \(span)  \(machine.run)\(test)"
    }

    private var end: Timestamp {
        guard case .finished = machine.phase else { return now }
        return machine.tasks.compactMap(\.ended).max() ?? now
    }

    /// The title row and a row for each task and for each work that undoes one.
    func table(_ style: Styler, _ width: Int) -> [String] {
        let hasStages = !machine.plan.definition.stages.isEmpty
        var columns: [Table.Column] = [.text("state"), .text("step"), .number("try"), .number("time"), .text("")]
        if hasStages { columns.insert(.text("stage"), at: 1) }
        var table = Table(columns)
        for (place, task) in machine.plan.tasks.enumerated() {
            table.add(cells(task.name, task.definition, machine.tasks[place], hasStages))
        }
        for (place, record) in machine.undos.sorted(by: { $0.key < $1.key }) {
            let task = machine.plan.tasks[place]
            table.add(cells("undo \(task.name)", task.definition, record, hasStages))
        }
        return table.lines(width: width, style: style)
    }

    private func cells(
        _ name: String, _ task: TaskDefinition, _ record: TaskRecord, _ hasStages: Bool
    ) -> [Table.Cell] {
        let stage = task.stage.map { machine.plan.definition.stages[$0].name } ?? ""
        let first = [Table.Cell(record.state.name, StateColor.style(record.state))]
        let middle = hasStages ? [Table.Cell(stage)] : []
        return first + middle + ["\(name)", "\(attempts(record.state))", "\(time(record))", "\(note(task, record))"]
    }

    private func attempts(_ state: TaskState) -> String {
        switch state {
        case .queued(let attempt), .running(let attempt, _), .retrying(let attempt, _): "\(attempt)"
        case .failed(let attempts, _), .timedOut(let attempts): "\(attempts)"
        default: ""
        }
    }

    private func time(_ record: TaskRecord) -> String {
        guard let started = record.started else { return "" }
        return WorkflowStatusPage.seconds(max(.zero, (record.ended ?? now) - started))
    }

    private func note(_ task: TaskDefinition, _ record: TaskRecord) -> String {
        switch record.state {
        case .failed(_, let failure): return failure.message
        case .timedOut: return "it took too long"
        case .skipped(let reason): return EventRecord.words(of: reason)
        case .retrying(_, let moment): return "again in \(NumberText.span(max(.zero, moment - now)))"
        case .completed(cached: true): return "taken over"
        case .running where task.kind == .approval:
            return "waits for a person: 'workflow approve \(machine.run) \(task.name)'"
        default: return task.agent ?? ""
        }
    }
}

/// The colours that states have everywhere.
enum StateColor {
    static func style(_ state: TaskState) -> Style? {
        switch state {
        case .completed: .green
        case .failed, .timedOut: .red
        case .running: .cyan
        case .retrying, .cancelled, .compensated: .yellow
        case .pending, .queued, .skipped: .dim
        }
    }
}
